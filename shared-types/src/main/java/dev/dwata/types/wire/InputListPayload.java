package dev.dwata.types.wire;

import java.util.List;

/// What runs wait for.
///
/// @param inputs oldest first
public record InputListPayload(List<InputView> inputs) {
    public InputListPayload {
        inputs = List.copyOf(inputs);
    }
}
