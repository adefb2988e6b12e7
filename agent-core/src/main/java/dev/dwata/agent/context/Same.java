package dev.dwata.agent.context;

import java.util.List;

/// Tells whether anything was changed, without looking into it.
final class Same {
    private Same() {}

    /// Whether both lists hold the very same objects in the same order.
    @SuppressWarnings("ReferenceEquality") // What was changed is another object, also where it is equal.
    static boolean elements(List<?> one, List<?> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (one.get(i) != other.get(i)) {
                return false;
            }
        }
        return true;
    }
}
