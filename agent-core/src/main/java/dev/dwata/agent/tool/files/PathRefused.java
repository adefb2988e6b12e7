package dev.dwata.agent.tool.files;

import java.io.IOException;

/// A path that a tool will not use. The message is for the model: one sentence, with the path as it was given
/// or relative to the workspace.
final class PathRefused extends IOException {
    private static final long serialVersionUID = 1L;

    private final String sentence;

    PathRefused(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    String sentence() {
        return sentence;
    }
}
