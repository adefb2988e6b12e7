package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamAppend;
import dev.dwata.agent.store.StreamAppend.Producer;
import dev.dwata.agent.store.StreamConfig;
import dev.dwata.agent.store.StreamInfo;
import dev.dwata.agent.store.StreamJson;
import dev.dwata.agent.store.StreamOutcome.Done;
import dev.dwata.agent.store.Streams;
import dev.dwata.agent.store.Streams.Name;
import dev.dwata.gateway.http.Asked;
import dev.dwata.types.Json;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/// Makes streams, appends to them, closes and deletes them.
record Writing(Streams streams, Bodies bodies) {

    void create(Context context, Name name) {
        StreamConfig config = ConfigHeaders.read(context);
        byte[] body = bodies.read(context);
        StreamJson.Messages first = Bodies.content(body, contentType(name, config), true);
        StreamAppend append = new StreamAppend("", first.content(), first.problem(), null, null, false);
        Done done = Outcomes.done(streams.create(name, config, append));
        Outcomes.position(context, done);
        context.contentType(done.stream().contentType());
        if (done.fresh()) {
            context.header(
                    "Location",
                    context.scheme() + "://" + context.header("Host")
                            + context.req().getRequestURI());
        }
        context.status(done.fresh() ? 201 : 200);
    }

    /// What a body is must be known before it is stored; a fork may leave it to its source.
    private String contentType(Name name, StreamConfig config) {
        String type = config.contentType();
        if (type == null && config.fork() != null) {
            type = streams.find(new Name(name.owner(), config.fork().source()))
                    .map(StreamInfo::contentType)
                    .orElse(null);
        }
        return type == null ? StreamConfig.BYTES : type;
    }

    void append(Context context, Name name) {
        boolean close = ConfigHeaders.isClosed(context);
        Producer producer = ProducerHeaders.read(context);
        byte[] body = bodies.read(context);
        String type = Asked.header(context, "Content-Type");
        if (body.length == 0 && !close) {
            throw Asked.invalid("the body is empty; only Stream-Closed: true needs none");
        }
        if (body.length > 0 && (type == null || type.isBlank())) {
            throw Asked.invalid("Content-Type is missing");
        }
        Done done = Outcomes.done(streams.append(name, append(context, body, type, producer)));
        Outcomes.position(context, done);
        boolean counted = producer != null && done.fresh() && body.length > 0;
        context.status(counted ? 200 : 204);
    }

    private static StreamAppend append(
            Context context, byte[] body, @Nullable String type, @Nullable Producer producer) {
        String contentType = type == null ? "" : type;
        StreamJson.Messages content = Bodies.content(body, contentType, false);
        return new StreamAppend(
                contentType,
                content.content(),
                content.problem(),
                Asked.header(context, Headers.SEQ),
                producer,
                ConfigHeaders.isClosed(context));
    }

    void delete(Context context, Name name) {
        StreamInfo found = streams.delete(name).orElseThrow(() -> StreamAnswer.notFound(name.path()));
        if (found.deleted()) {
            throw StreamAnswer.gone(name.path());
        }
        context.status(204);
    }

    /// What is known of a stream; it does not count as a use.
    void describe(Context context, Name name) {
        StreamInfo found = streams.find(name).orElseThrow(() -> StreamAnswer.notFound(name.path()));
        if (found.deleted()) {
            throw StreamAnswer.gone(name.path());
        }
        Outcomes.position(context, new Done(found, false, null));
        if (found.config().ttlSeconds() != null) {
            context.header(Headers.TTL, Long.toString(found.config().ttlSeconds()));
        }
        if (found.config().expiresAt() != null) {
            context.header(Headers.EXPIRES_AT, Json.format(found.config().expiresAt()));
        }
        context.header("Cache-Control", "no-store")
                .contentType(found.contentType())
                .status(200);
    }
}
