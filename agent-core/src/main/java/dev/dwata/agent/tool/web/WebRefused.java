package dev.dwata.agent.tool.web;

import java.io.IOException;

/// Something is not fetched; the message is for the model.
final class WebRefused extends IOException {
    private static final long serialVersionUID = 1;

    WebRefused(String message) {
        super(message);
    }
}
