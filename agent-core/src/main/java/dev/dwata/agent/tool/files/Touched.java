package dev.dwata.agent.tool.files;

import dev.dwata.agent.tool.CallReview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a call would touch, put together for its review.
final class Touched {
    private final Path root;
    private final Map<String, String> facts = new LinkedHashMap<>();
    private @Nullable String denial;
    private @Nullable String caution;

    Touched(Workspace workspace) {
        root = workspace.root();
    }

    /// The review of a call that reads `path`, whatever it is.
    static CallReview reading(Workspace workspace, @Nullable String path) throws IOException {
        if (path == null || path.isBlank()) {
            return CallReview.PLAIN;
        }
        try (Place place = workspace.existing(path)) {
            return new Touched(workspace).read("path", place).review();
        }
    }

    Touched read(String argument, Place place) {
        bind(argument, place);
        String secret = ProtectedNames.reading(place.path());
        if (secret != null) {
            caution = "'" + place.show() + "' may hold secrets, which the model's provider would be sent";
        }
        return this;
    }

    Touched change(String argument, Place place) {
        bind(argument, place);
        String name = ProtectedNames.changing(place.path());
        if (name != null) {
            caution = "'" + place.show() + "' is protected: '" + name
                    + "' holds secrets, or says what programs or agents do";
        }
        return this;
    }

    /// The rest of what a call does to a folder.
    Touched contents(String fact, FolderContents contents) {
        facts.put(fact, contents.entries() + (contents.entries() == 1 ? " file or folder" : " files and folders"));
        if (contents.protectedName() != null) {
            caution = "the folder contains '" + contents.protectedName() + "', which is protected";
        }
        return this;
    }

    /// Where nothing is protected the rules decide, and "always" means any arguments.
    CallReview review() {
        if (denial != null) {
            return CallReview.denied(denial);
        }
        CallReview review = CallReview.PLAIN.withBound(facts);
        return caution == null ? review : review.withCaution(caution).withAlways(null);
    }

    private void bind(String argument, Place place) {
        Path real = root.resolve(place.path()).normalize();
        facts.put(argument, real + " " + place.identity());
        if (real.startsWith(Path.of(System.getProperty("user.home"), ".ssh"))) {
            denial = "'" + place.show() + "' is among the keys of the person, which no tool touches";
        }
    }
}
