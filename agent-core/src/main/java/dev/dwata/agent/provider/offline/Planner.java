package dev.dwata.agent.provider.offline;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/// Decides what to do next: the first call of the first intent that has no result yet, or the answer to all.
final class Planner {
    private final Scene scene;
    private final Clock clock;
    private final FileActs files;
    private final WriteActs writes;
    private final MemoryActs memory;
    private final SessionActs sessions;

    Planner(Scene scene, Clock clock) {
        this.scene = scene;
        this.clock = clock;
        Replay replay = new Replay(scene);
        this.files = new FileActs(replay);
        this.writes = new WriteActs(replay);
        this.memory = new MemoryActs(replay);
        this.sessions = new SessionActs(replay, clock);
    }

    Step next() {
        List<Intent> intents = Understanding.of(scene.said(), scene.asked());
        List<String> answers = new ArrayList<>();
        for (Intent intent : intents) {
            switch (step(intent)) {
                case Step.Calls calls -> {
                    return calls;
                }
                case Step.Says says -> answers.add(says.text());
            }
        }
        boolean introduced = answers.stream().anyMatch(Introduction::isIn);
        if (scene.answers().isEmpty() && !introduced) {
            answers.add(Introduction.NOTE);
        }
        return Step.says(String.join("\n\n", answers));
    }

    private Step step(Intent intent) {
        return switch (intent) {
            case Intent.ListFolder list -> files.list(list);
            case Intent.CountFiles count -> files.count(count);
            case Intent.Look look -> files.look(look);
            case Intent.Read read -> files.read(read);
            case Intent.CountLines count -> files.countLines(count);
            case Intent.Find find -> files.find(find);
            case Intent.Write write -> writes.write(write);
            case Intent.Copy copy -> writes.copy(copy);
            case Intent.Remember remember -> memory.remember(remember);
            case Intent.Recall recall -> memory.recall(recall);
            case Intent.RecallAll all -> memory.recallAll();
            case Intent.Forget forget -> memory.forget(forget);
            case Intent.ForgetAll all -> memory.forgetAll();
            case Intent.ListSessions list -> sessions.list();
            case Intent.SearchSessions search -> sessions.search(search);
            case Intent.ShowSession show -> sessions.show(show);
            case Intent.Calculate calculate -> Step.says(calculate(calculate.expression()));
            case Intent.Talk talk -> Step.says(new SmallTalk(scene, clock).about(talk.topic()));
            case Intent.Unknown unknown -> Step.says(Introduction.notUnderstood(unknown.said()));
        };
    }

    private static String calculate(String expression) {
        try {
            String value = Arithmetic.value(expression);
            return expression + (value.startsWith("≈") ? " " : " = ") + value;
        } catch (ArithmeticException e) {
            return expression + ": " + e.getMessage();
        }
    }
}
