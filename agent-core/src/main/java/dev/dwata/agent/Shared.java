package dev.dwata.agent;

import dev.dwata.agent.policy.CallDigest;
import dev.dwata.agent.tool.ToolRegistry;

/// What all runs of a runtime share.
///
/// @param tools those that are always there
record Shared(
        ToolRegistry tools,
        InputDesk desk,
        RunningCalls running,
        ClientTools clients,
        Secrets secrets,
        CallDigest digest) {}
