package dev.dwata.agent.store;

import java.util.List;

/// The programs that processes of dwata have started, so that none outlives the process that answers for it.
public interface Children {

    /// Keeps a child; again, when more is known of it. On disk when it returns: what is started afterwards is
    /// found if this process is gone.
    void put(Child child);

    /// Forgets a child that has ended, with all that it started.
    void remove(String marker);

    /// Takes over those whose process of dwata is gone; this one answers for them from now on, until it removes
    /// them.
    List<Child> adopt();
}
