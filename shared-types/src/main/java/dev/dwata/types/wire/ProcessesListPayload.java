package dev.dwata.types.wire;

import java.util.List;

/// The tool calls that are under way.
///
/// @param processes oldest first
public record ProcessesListPayload(List<ProcessView> processes) {
    public ProcessesListPayload {
        processes = List.copyOf(processes);
    }
}
