package dev.dwata.gateway.http;

import dev.dwata.gateway.api.MemoryOperations;
import dev.dwata.gateway.api.ParamsReader;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.wire.MemoryDeletePayload;
import dev.dwata.types.wire.MemoryGetPayload;
import dev.dwata.types.wire.MemoryKeyParams;
import dev.dwata.types.wire.MemoryListParams;
import dev.dwata.types.wire.MemoryListPayload;
import dev.dwata.types.wire.MemorySearchParams;
import dev.dwata.types.wire.MemorySearchPayload;
import dev.dwata.types.wire.MemorySetParams;
import dev.dwata.types.wire.MemorySetPayload;
import io.javalin.http.Context;

/// What is kept for later.
final class MemoryRoutes {
    private final MemoryOperations memory;
    private final QueryReader<MemoryListParams> list = new QueryReader<>(MemoryListParams.class);
    private final QueryReader<MemorySearchParams> search = new QueryReader<>(MemorySearchParams.class);
    private final ParamsReader<MemorySetParams> set = new ParamsReader<>(MemorySetParams.class);

    MemoryRoutes(MemoryOperations memory) {
        this.memory = memory;
    }

    void register(RouteTable routes) {
        routes.get("/api/v1/memory", Scope.READ, this::list)
                .about("memory", "List facts by key")
                .queries(MemoryListParams.class)
                .answers(200, MemoryListPayload.class, "the facts, long values cut, and how many there are");
        routes.get("/api/v1/search/memory", Scope.READ, this::search)
                .about("memory", "Find facts by their words")
                .queries(MemorySearchParams.class)
                .answers(200, MemorySearchPayload.class, "the facts, the best first");
        routes.get("/api/v1/memory/<key>", Scope.READ, this::get)
                .about("memory", "Read a fact")
                .path("key", "of the fact; may hold slashes")
                .query("sessionId", String.class, "whose fact it is; absent: the caller's in every session")
                .answers(200, MemoryGetPayload.class, "the fact, whole; without it where there is none");
        routes.put("/api/v1/memory/<key>", Scope.RUN, this::set)
                .about("memory", "Keep a fact in place of the one before")
                .path("key", "of the fact; may hold slashes")
                .takes(MemorySetParams.class, "key")
                .answers(200, MemorySetPayload.class, "kept");
        routes.delete("/api/v1/memory/<key>", Scope.RUN, this::delete)
                .about("memory", "Delete a fact")
                .path("key", "of the fact; may hold slashes")
                .query("sessionId", String.class, "whose fact it is; absent: the caller's in every session")
                .answers(200, MemoryDeletePayload.class, "whether there was one");
    }

    void list(Context context, Caller caller) {
        RestApi.json(context, 200, memory.list(caller.principal(), list.read(context)));
    }

    void search(Context context, Caller caller) {
        RestApi.json(context, 200, memory.search(caller.principal(), search.read(context)));
    }

    void get(Context context, Caller caller) {
        RestApi.json(context, 200, memory.get(caller.principal(), key(context)));
    }

    void set(Context context, Caller caller) {
        MemorySetParams wanted = set.read(Asked.body(context).put("key", context.pathParam("key")));
        RestApi.json(context, 200, memory.set(caller.principal(), wanted));
    }

    void delete(Context context, Caller caller) {
        RestApi.json(context, 200, memory.delete(caller.principal(), key(context)));
    }

    private static MemoryKeyParams key(Context context) {
        return new MemoryKeyParams(context.pathParam("key"), Asked.session(context));
    }
}
