package dev.dwata.agent.item;

import dev.dwata.types.BodyElement;
import dev.dwata.types.TranscriptEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Bodies and transcripts as text.
public final class PlainText {
    private PlainText() {}

    /// Blocks with a blank line between them; charts and images are left out.
    public static String of(List<BodyElement> body) {
        return body.stream().map(PlainText::block).flatMap(Optional::stream).collect(Collectors.joining("\n\n"));
    }

    /// A line for each entry: when it starts, in seconds, who speaks, and what they say.
    public static String ofTranscript(List<TranscriptEntry> transcript) {
        return transcript.stream()
                .map(entry -> String.format(Locale.ROOT, "[%.1f] %s: %s", entry.start(), entry.speaker(), entry.text()))
                .collect(Collectors.joining("\n"));
    }

    private static Optional<String> block(BodyElement element) {
        return switch (element) {
            case BodyElement.Heading heading -> Optional.of("#".repeat(heading.level()) + " " + heading.text());
            case BodyElement.Paragraph paragraph -> Optional.of(paragraph.text());
            case BodyElement.Code code ->
                Optional.of("```" + (code.language() == null ? "" : code.language()) + "\n" + code.content() + "\n```");
            case BodyElement.Items list -> Optional.of(lines(list));
            case BodyElement.Chart chart -> Optional.empty();
            case BodyElement.Image image -> Optional.empty();
        };
    }

    private static String lines(BodyElement.Items list) {
        List<String> lines = new ArrayList<>();
        for (String item : list.items()) {
            lines.add((list.ordered() ? (lines.size() + 1) + ". " : "- ") + item);
        }
        return String.join("\n", lines);
    }
}
