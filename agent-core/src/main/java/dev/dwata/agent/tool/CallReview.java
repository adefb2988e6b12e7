package dev.dwata.agent.tool;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a tool knows of a call before anybody agrees to it. No rule and no person can override a denial; no
/// rule can override a caution.
///
/// @param denial  why the call must not happen; absent: it may
/// @param caution why a person must agree to it, whatever rules say; absent: the rules decide
/// @param bound   facts that the agreement is bound to, besides the arguments: real paths with the identity of
///                what is there, the real working folder, the program that will run. People are shown them; where
///                one differs when the call is about to happen, they are asked again
/// @param argv    the command that will be executed, program first, for rules about commands; absent where the
///                call runs none, or where what it will run cannot be told for sure
/// @param always  what an agreement "always" is limited to: values of arguments by their names, which are
///                matched exactly; an argument that is not named may have any value. Absent: there is no
///                "always"
public record CallReview(
        @Nullable String denial,
        @Nullable String caution,
        Map<String, String> bound,
        @Nullable List<String> argv,
        @Nullable Map<String, String> always) {

    /// Nothing to say: the rules decide, and "always" means any arguments.
    public static final CallReview PLAIN = new CallReview(null, null, Map.of(), null, Map.of());

    public CallReview {
        bound = Map.copyOf(bound);
        argv = argv == null ? null : List.copyOf(argv);
        always = always == null ? null : Map.copyOf(always);
    }

    public static CallReview denied(String why) {
        return new CallReview(why, null, Map.of(), null, null);
    }

    public CallReview withCaution(String why) {
        return new CallReview(denial, why, bound, argv, always);
    }

    public CallReview withBound(Map<String, String> facts) {
        return new CallReview(denial, caution, facts, argv, always);
    }

    public CallReview withArgv(@Nullable List<String> command) {
        return new CallReview(denial, caution, bound, command, always);
    }

    public CallReview withAlways(@Nullable Map<String, String> limits) {
        return new CallReview(denial, caution, bound, argv, limits);
    }
}
