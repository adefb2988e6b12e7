package dev.dwata.agent.store;

import dev.dwata.types.AgentError;
import dev.dwata.types.AgentEvent.InputResolved;
import dev.dwata.types.AgentException;
import dev.dwata.types.InputId;
import dev.dwata.types.ItemId;
import dev.dwata.types.MessageId;
import dev.dwata.types.RunId;
import dev.dwata.types.SessionId;
import java.util.Map;

/// What a store says when it does not take something; the same words in every store.
public final class Refusal {
    private Refusal() {}

    public static AgentException noSession(SessionId id) {
        return new AgentException(new AgentError.NotFound("there is no session " + id));
    }

    public static AgentException sessionExists(SessionId id) {
        return conflict("session " + id + " exists already");
    }

    /// @param session where it was looked for
    public static AgentException noRun(RunId id, SessionId session) {
        return new AgentException(new AgentError.NotFound("there is no run " + id + " in session " + session));
    }

    public static AgentException noRun(RunId id) {
        return new AgentException(new AgentError.NotFound("there is no run " + id));
    }

    public static AgentException runExists(RunId id) {
        return conflict("run " + id + " exists already");
    }

    /// Nothing follows the terminal event of a run.
    public static AgentException runIsOver(RunId id) {
        return conflict("run " + id + " is over");
    }

    public static AgentException runNotOver(SessionId id) {
        return conflict("session " + id + " has a run that is not over; cancel it first");
    }

    /// @param id of an attachment, or what should have been one
    public static AgentException noAttachment(String id) {
        String shown = id.length() <= Attachment.ID_LENGTH ? id : id.substring(0, Attachment.ID_LENGTH) + "…";
        return new AgentException(new AgentError.NotFound("there is no attachment " + CleanText.of(shown)));
    }

    public static AgentException noMessage(MessageId id, SessionId session) {
        return new AgentException(new AgentError.NotFound("there is no message " + id + " in session " + session));
    }

    public static AgentException messageExists(MessageId id) {
        return conflict("message " + id + " exists already");
    }

    /// Providers may use an id again, but not before its call has its result.
    public static AgentException toolCallExists(String toolCallId) {
        return conflict("tool call '" + toolCallId + "' of this run is executing already");
    }

    public static AgentException noOpenToolCall(String toolCallId) {
        return conflict("tool call '" + toolCallId + "' of this run is not executing, so it has no result to come");
    }

    /// Tools are called by runs.
    public static AgentException needsRun(String event) {
        return new AgentException(new AgentError.InvalidRequest("the event '" + event + "' needs a run"));
    }

    /// The second to answer is too late.
    public static AgentException alreadyResolved(InputResolved winner) {
        Map<String, Object> details = winner.by() == null
                ? Map.of("decision", winner.decision().wireName())
                : Map.of("decision", winner.decision().wireName(), "by", winner.by());
        return new AgentException(new AgentError.AlreadyResolved(
                "input request " + winner.requestId() + " is resolved already: "
                        + winner.decision().wireName() + (winner.by() == null ? "" : " by " + winner.by()),
                details));
    }

    public static AgentException noInput(InputId id) {
        return new AgentException(new AgentError.NotFound("there is no input request " + id));
    }

    public static AgentException inputExists(InputId id) {
        return conflict("input request " + id + " exists already");
    }

    /// An answer carries what is no rule.
    public static AgentException badRule(InputId id, String why) {
        return new AgentException(
                new AgentError.InvalidRequest("the rule in the answer to input request " + id + " is none: " + why));
    }

    public static AgentException noRule(String id) {
        return new AgentException(new AgentError.NotFound("there is no rule '" + CleanText.of(id) + "'"));
    }

    public static AgentException tooManySubscriptions() {
        return conflict("there may be " + StreamSubscriptions.MOST + " subscriptions of streams");
    }

    public static AgentException noToken(String id) {
        return new AgentException(new AgentError.NotFound("there is no token '" + CleanText.of(id) + "' in force"));
    }

    public static AgentException tokenExists(String id) {
        return conflict("token " + id + " exists already");
    }

    public static AgentException tooManyTokens() {
        return conflict("there are " + Tokens.MOST + " tokens already; revoke some before you make more");
    }

    public static AgentException tooManyFacts() {
        return conflict("there are " + Memory.MOST_FACTS + " facts already; delete some before you set more");
    }

    public static AgentException noItem(ItemId id) {
        return new AgentException(new AgentError.NotFound("there is no item " + id));
    }

    public static AgentException tooManyItems() {
        return conflict("there are " + Items.MOST_ITEMS + " items already; delete some before you make more");
    }

    /// Somebody else was faster.
    public static AgentException staleItem(ItemId id, long expected, long version) {
        return new AgentException(new AgentError.Conflict(
                "item " + id + " is at version " + version + ", not at " + expected + "; read it again",
                Map.of("expectedVersion", expected, "version", version)));
    }

    public static AgentException itemKeyUsed(Items.Key key) {
        return new AgentException(new AgentError.IdempotencyConflict(
                "the idempotency key '" + key.name() + "' was used before for another item"));
    }

    public static AgentException keyUsed(IdempotencyKey key) {
        return new AgentException(new AgentError.IdempotencyConflict(
                "idempotencyKey '" + key.key() + "' was used before with another payload"));
    }

    public static AgentException closed() {
        return new AgentException(new AgentError.Internal("the store is closed"));
    }

    /// Listeners run on the thread that commits, which would wait for itself.
    public static IllegalStateException appendFromListener() {
        return new IllegalStateException("a commit listener must not append to the log");
    }

    private static AgentException conflict(String message) {
        return new AgentException(new AgentError.Conflict(message));
    }
}
