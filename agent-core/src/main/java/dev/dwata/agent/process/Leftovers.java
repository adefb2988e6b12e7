package dev.dwata.agent.process;

import dev.dwata.agent.store.Child;
import dev.dwata.agent.store.Children;
import java.util.ArrayList;
import java.util.List;

/// Ends, without asking, what processes of dwata have left behind that are gone.
public final class Leftovers {
    private Leftovers() {}

    /// A child of which something still ran.
    ///
    /// @param ended     the numbers of the processes that were ended
    /// @param unstopped of those that could not be ended: the next start tries again
    public record Leftover(Child child, List<Long> ended, List<Long> unstopped) {
        public Leftover {
            ended = List.copyOf(ended);
            unstopped = List.copyOf(unstopped);
        }
    }

    /// Takes over the children of all that is gone, ends what is left of them, and forgets those of which
    /// nothing is. A process that has but the number of a child is not touched.
    ///
    /// @return those of which something was left
    public static List<Leftover> sweep(Children children) {
        List<Leftover> found = new ArrayList<>();
        for (Child child : children.adopt()) {
            ProcessTree tree = ProcessTree.of(child);
            List<Long> before =
                    tree.alive().stream().map(ProcessHandle::pid).sorted().toList();
            List<Long> unstopped = before.isEmpty() ? List.of() : tree.endAtOnce();
            if (unstopped.isEmpty()) {
                children.remove(child.marker());
            }
            if (!before.isEmpty()) {
                List<Long> ended =
                        before.stream().filter(pid -> !unstopped.contains(pid)).toList();
                found.add(new Leftover(child, ended, unstopped));
            }
        }
        return List.copyOf(found);
    }
}
