package dev.dwata.agent.provider.wire;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentError.ContextOverflow;
import dev.dwata.types.AgentError.ModelNotConfigured;
import dev.dwata.types.AgentError.ModelRejected;
import dev.dwata.types.AgentError.ModelUnavailable;
import dev.dwata.types.AgentError.StreamIncomplete;
import dev.dwata.types.AgentException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Decides which error a failure of one provider is, and words it. Holds back the key wherever the provider
/// quotes it.
///
/// `started` tells, throughout, whether something of the answer had come before: then the answer is incomplete,
/// else the provider was unavailable.
public final class Faults {
    private static final int LONGEST = 500;

    private final Endpoint endpoint;

    public Faults(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /// The provider reported an error within its answer.
    public AgentException reported(ErrorBody error, boolean started) {
        return new AgentException(
                classify(error.status(), error, error.retryAfter(), started, sentence("reported an error", error)));
    }

    /// The answer ended in the middle.
    public AgentException cut(boolean started) {
        String message = started
                ? "the answer of " + endpoint.provider() + " ended before it was complete"
                : endpoint.provider() + " ended the connection without an answer";
        return new AgentException(passing(message, null, started));
    }

    /// The provider sent something that is not what it should be.
    public AgentException garbled(String what, boolean started) {
        return new AgentException(passing(endpoint.provider() + " sent " + what, null, started));
    }

    /// The conversation and the answer together are too long for the model.
    public AgentException overflow() {
        return new AgentException(new ContextOverflow("the conversation fills the context of " + endpoint.provider()
                + "'s model, no room is left to answer"));
    }

    /// The provider answered with a status other than 2xx.
    AgentException answered(int status, ErrorBody error, @Nullable Duration retryAfter) {
        return new AgentException(classify(
                status,
                error,
                retryAfter == null ? error.retryAfter() : retryAfter,
                false,
                sentence("answered " + status, error)));
    }

    /// A 2xx answer that is no stream.
    AgentException noStream(int status, ErrorBody error) {
        if (error.message().isEmpty() || (error.type().isEmpty() && error.code().isEmpty())) {
            return new AgentException(
                    new ModelRejected(sentence("answered " + status + " without a stream of events", error), status));
        }
        return reported(error, false);
    }

    /// The base URL looked like one, but is none.
    AgentException misconfigured() {
        return new AgentException(
                new ModelNotConfigured("the base URL of " + endpoint.provider() + " has no valid host or port"));
    }

    /// The call may not be made.
    AgentException forbidden(String property) {
        return new AgentException(new ModelRejected(
                "calls to real models are forbidden here (" + property + "=true): " + endpoint.host()
                        + " was not asked",
                0));
    }

    /// The connection failed.
    AgentException broken(IOException e, boolean started) {
        String message = started
                ? "the answer of " + endpoint.provider() + " broke off: " + reason(e)
                : "no answer from " + endpoint.provider() + ": " + reason(e);
        return new AgentException(passing(hideKey(message), null, started), e);
    }

    private AgentError classify(
            int status, ErrorBody error, @Nullable Duration retryAfter, boolean started, String message) {
        boolean client = status < 500 && status != 408 && status != 429;
        if (client && status != 401 && status != 403 && status != 404 && error.contextOverflow()) {
            return new ContextOverflow(message);
        }
        return client || error.outOfCredit()
                ? new ModelRejected(message, status)
                : passing(message, retryAfter, started);
    }

    private static AgentError passing(String message, @Nullable Duration retryAfter, boolean started) {
        return started ? new StreamIncomplete(message) : new ModelUnavailable(message, retryAfter);
    }

    private String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return "the host " + endpoint.host() + " is not known";
        } else if (e instanceof ConnectException) {
            return "nothing accepts connections at " + endpoint.host();
        } else if (e instanceof InterruptedIOException) {
            return "it took longer than allowed";
        }
        String detail = e.getMessage() == null ? "" : ", " + Texts.oneLine(e.getMessage(), 200);
        return e instanceof SSLException
                ? "no secure connection to " + endpoint.host() + detail
                : "the connection was lost" + detail;
    }

    private String sentence(String what, ErrorBody error) {
        String said = error.message().isBlank() ? error.type() : error.message();
        String sentence = endpoint.provider() + " " + what;
        return said.isBlank() ? sentence : sentence + ": " + Texts.oneLine(hideKey(said), LONGEST);
    }

    private String hideKey(String text) {
        ApiKey key = endpoint.key();
        String hidden = key == null ? text : text.replace(key.value(), "[key]");
        return hidden.replaceAll("\\b(?:(?:sk|gsk|key)[-_]|AIza)[A-Za-z0-9*_-]{8,}", "[key]");
    }
}
