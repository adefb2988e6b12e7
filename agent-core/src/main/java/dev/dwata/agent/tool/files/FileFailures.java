package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolOutcome;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Says in a sentence what went wrong with a file, without paths from outside of the workspace.
final class FileFailures {
    private FileFailures() {}

    /// `body`, its failures told to the model.
    static <A extends Record> Tool.Body<A> explained(Tool.Body<A> body) {
        return (arguments, context) -> {
            try {
                return body.call(arguments, context);
            } catch (ClosedByInterruptException e) {
                Thread.interrupted();
                throw new InterruptedException("cancelled");
            } catch (IOException e) {
                return new ToolOutcome.Failure(sentence(e));
            }
        };
    }

    /// `review`, for a tool that changes something: what cannot be done is not asked about.
    static <A extends Record> Tool.Review<A> refusing(Tool.Review<A> review) {
        return (arguments, context) -> {
            try {
                return review.review(arguments, context);
            } catch (IOException e) {
                throw new PathRefused(sentence(e));
            }
        };
    }

    /// `review`, for a tool that only looks: what cannot be done the call will say.
    static <A extends Record> Tool.Review<A> lenient(Tool.Review<A> review) {
        return (arguments, context) -> {
            try {
                return review.review(arguments, context);
            } catch (IOException e) {
                return CallReview.PLAIN;
            }
        };
    }

    private static String sentence(IOException e) {
        return switch (e) {
            case PathRefused refused -> refused.sentence();
            case AccessDeniedException denied -> "permission denied: '" + name(denied) + "'";
            case NoSuchFileException gone -> "'" + name(gone) + "' does not exist any more";
            case DirectoryNotEmptyException full -> "'" + name(full) + "' is a folder that is not empty";
            case FileSystemException failed -> "'" + name(failed) + "': " + reason(failed);
            default -> e.getMessage() == null ? "the file could not be used" : e.getMessage();
        };
    }

    private static String name(FileSystemException e) {
        String file = e.getOtherFile() == null ? e.getFile() : e.getOtherFile();
        return file == null ? "the file" : file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? "it could not be used" : e.getReason();
    }
}
