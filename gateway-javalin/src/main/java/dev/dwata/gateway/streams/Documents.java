package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamAppend;
import dev.dwata.agent.store.StreamConfig;
import dev.dwata.agent.store.Streams;
import dev.dwata.agent.store.Streams.Name;
import dev.dwata.gateway.http.Asked;
import io.javalin.http.Context;
import org.jspecify.annotations.Nullable;

/// What the Yjs provider of the durable streams project asks for besides the protocol, so that documents are
/// kept in sync here: a stream is a document, its appends the clients' updates. Beside it there is a stream
/// for who is there (`?awareness=NAME`), made when first used and short of life. There are no snapshots:
/// whoever asks for one is sent to the beginning.
record Documents(Streams streams) {
    private static final long AWARENESS_SECONDS = 3_600;

    /// The stream that a request is about: the document itself, or who is there.
    Name name(Context context, Name document) {
        String awareness = Asked.query(context, "awareness");
        if (awareness == null) {
            return document;
        }
        Name name =
                new Name(document.owner(), Paths.checked(document.path() + "/.awareness/" + Paths.checked(awareness)));
        if (streams.find(name).isEmpty()) {
            make(document, name);
        }
        return name;
    }

    private void make(Name document, Name awareness) {
        if (streams.find(document).isEmpty()) {
            throw StreamAnswer.notFound(document.path());
        }
        StreamConfig config = new StreamConfig(StreamConfig.BYTES, AWARENESS_SECONDS, null, false, null);
        Outcomes.done(streams.create(awareness, config, StreamAppend.nothing()));
    }

    /// @return whether the request was for a snapshot, and is answered
    boolean answersSnapshot(Context context, Name document, @Nullable String offset) {
        if (!"snapshot".equals(offset)) {
            return false;
        }
        if (streams.find(document).isEmpty()) {
            throw StreamAnswer.notFound(document.path());
        }
        context.header("Location", context.req().getRequestURI() + "?offset=" + Offsets.START)
                .status(307);
        return true;
    }
}
