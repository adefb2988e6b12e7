package dev.dwata.agent.definition;

import java.util.List;
import java.util.Optional;

/// The skills there are. What they are may change from one call to the next; asked from many threads.
public interface Skills {
    Optional<Skill> find(String name);

    Listing list();

    /// @param skills   by name
    /// @param findings what is wrong with those that cannot be used
    record Listing(List<Skill> skills, List<Finding> findings) {
        public Listing {
            skills = List.copyOf(skills);
            findings = List.copyOf(findings);
        }
    }
}
