package dev.dwata.gateway.openapi;

import java.util.ArrayList;
import java.util.List;

/// How a request may go wrong whatever it asks for.
enum Failure {
    InvalidRequest("400", "Something in the request is not as it must be; the message names it."),
    Unauthenticated("401", "There is no valid token."),
    Forbidden("403", "The token lacks the scope, or the request comes from a page of another site."),
    NotFound("404", "There is no such thing, or it is somebody else's."),
    Conflict("409", "It does not go with how things are now."),
    TooLarge("413", "The body is too large."),
    UnsupportedType("415", "The body is of a type that is not taken here."),
    Unprocessable("422", "The model or a limit does not allow it."),
    RateLimited("429", "Too much at once; try again later."),
    Unavailable("503", "The storage or a model does not answer, or the gateway is shutting down."),
    Failed("default", "Any other error.");

    private final String status;
    private final String about;

    Failure(String status, String about) {
        this.status = status;
        this.about = about;
    }

    String status() {
        return status;
    }

    String about() {
        return about;
    }

    /// Those that a route may answer.
    static List<Failure> of(Described route) {
        boolean changes = !route.method().equals("GET") && !route.method().equals("HEAD");
        List<Failure> failures = new ArrayList<>(List.of(InvalidRequest));
        if (route.scope() != null) {
            failures.addAll(List.of(Unauthenticated, Forbidden, NotFound));
        }
        if (changes) {
            failures.addAll(List.of(Conflict, Unprocessable));
        }
        if (route.operation().body() != null) {
            failures.addAll(List.of(TooLarge, UnsupportedType));
        }
        failures.addAll(List.of(RateLimited, Unavailable, Failed));
        return failures;
    }
}
