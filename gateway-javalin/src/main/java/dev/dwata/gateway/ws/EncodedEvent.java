package dev.dwata.gateway.ws;

import dev.dwata.gateway.api.EventPayload;
import dev.dwata.types.AgentEvent.MessageReceived;
import dev.dwata.types.Envelope;
import dev.dwata.types.EventCodec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// An event with the frame it becomes; a message has two, because its sender is told that it is the sender.
record EncodedEvent(
        Envelope envelope, Outgoing toOthers, @Nullable Outgoing toSender) {

    static EncodedEvent of(Envelope envelope) {
        ObjectNode payload = EventPayload.of(envelope);
        Outgoing toOthers = frame(envelope, payload);
        boolean message = envelope.event() instanceof MessageReceived;
        return new EncodedEvent(envelope, toOthers, message ? frame(envelope, payload.put("fromSelf", true)) : null);
    }

    private static Outgoing frame(Envelope envelope, ObjectNode payload) {
        return envelope.seq() == 0
                ? Outgoing.event(EventCodec.name(envelope.event()), payload)
                : Outgoing.entry(envelope, payload);
    }

    /// 0 for an event that is not part of the log.
    long seq() {
        return envelope.seq();
    }

    /// The frame for one connection.
    ///
    /// @param replayed whether the client missed it; it knows its own messages by its client id then
    Outgoing to(Connection connection, boolean replayed) {
        if (toSender == null || !(envelope.event() instanceof MessageReceived message)) {
            return toOthers;
        }
        boolean own =
                connection.id().equals(message.connectionId()) || (replayed && connection.isClient(message.clientId()));
        return own ? toSender : toOthers;
    }
}
