package dev.dwata.gateway.streams;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import java.util.Map;

/// Why something is not done for a subscription, in the protocol's own words. A store takes it for a refusal,
/// too.
final class SubscriptionRefusal extends AgentException {
    private static final long serialVersionUID = 1L;

    private final Code code;
    private final transient Map<String, Object> details;

    /// The protocol's names.
    enum Code {
        INVALID_REQUEST(400),
        WEBHOOK_URL_REJECTED(400),
        TOKEN_INVALID(401),
        TOKEN_EXPIRED(401),
        SUBSCRIPTION_NOT_FOUND(404),
        SUBSCRIPTION_ALREADY_EXISTS(409),
        FENCED(409),
        ALREADY_CLAIMED(409),
        NO_PENDING_WORK(409),
        INVALID_OFFSET(409);

        private final int status;

        Code(int status) {
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    SubscriptionRefusal(Code code, String message, Map<String, Object> details) {
        super(new AgentError.Conflict(message, Map.of()));
        this.code = code;
        this.details = Map.copyOf(details);
    }

    SubscriptionRefusal(Code code, String message) {
        this(code, message, Map.of());
    }

    Code code() {
        return code;
    }

    Map<String, Object> details() {
        return details;
    }

    static SubscriptionRefusal invalid(String message) {
        return new SubscriptionRefusal(Code.INVALID_REQUEST, message);
    }

    static SubscriptionRefusal notFound(String id) {
        return new SubscriptionRefusal(Code.SUBSCRIPTION_NOT_FOUND, "there is no subscription " + id);
    }

    static SubscriptionRefusal fenced() {
        return new SubscriptionRefusal(Code.FENCED, "this wake is over; somebody else may be at work by now");
    }
}
