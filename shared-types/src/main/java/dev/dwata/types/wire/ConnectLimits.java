package dev.dwata.types.wire;

/// What the gateway bears from one connection.
///
/// @param maxMessageBytes size of one text message
/// @param outboxFrames    frames that may wait to be sent before the connection is closed with 1013
/// @param outboxBytes     the same in bytes
/// @param pingMs          how often the gateway sends a ping, in milliseconds
public record ConnectLimits(int maxMessageBytes, int outboxFrames, long outboxBytes, long pingMs) {}
