package dev.dwata.agent.provider.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// Goes through a plan again from its beginning: calls whose results the conversation has are answered from it,
/// and the first one without a result is what the plan has come to.
final class Replay {
    private final List<Exchange> before;
    private final List<Exchange> done;
    private final Set<String> offered;
    private int used;

    Replay(Scene scene) {
        this.before = scene.before();
        this.done = scene.now();
        this.offered = scene.offered();
    }

    Step ask(Wish wish, Function<Exchange, Step> then) {
        return askAll(List.of(wish), results -> then.apply(results.getFirst()));
    }

    /// Asks for several calls in one turn.
    Step askAll(List<Wish> wishes, Function<List<Exchange>, Step> then) {
        for (Wish wish : wishes) {
            if (!offered.contains(wish.tool())) {
                return Step.says(
                        "I would need the tool " + wish.tool() + " for that, and it is not offered to me here.");
            }
        }
        if (done.size() < used + wishes.size()) {
            return new Step.Calls(wishes);
        }
        List<Exchange> results = done.subList(used, used + wishes.size());
        used += wishes.size();
        return then.apply(results);
    }

    boolean offers(String tool) {
        return offered.contains(tool);
    }

    /// Every call up to this point of the plan, those of earlier requests too, oldest first.
    List<Exchange> soFar() {
        List<Exchange> all = new ArrayList<>(before);
        all.addAll(done.subList(0, Math.min(used, done.size())));
        return all;
    }
}
