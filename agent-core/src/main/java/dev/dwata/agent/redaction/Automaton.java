package dev.dwata.agent.redaction;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// Looks for many texts at once, in time that depends on the length of what is looked through alone (Aho and
/// Corasick, 1975): known secrets, and what those begin with that are known by their shape.
final class Automaton {
    private final Node root = new Node(0);
    private final @Nullable Node[] first = new Node[128];

    /// What has been read so far, as far as it can be the beginning of something.
    static final class Node {
        /// How many characters that is.
        final int depth;

        private char[] keys = {};
        private Node[] next = {};
        private @Nullable Node shorter;

        /// The length of the longest known secret that ends here; 0 where none does.
        int secret;

        /// What begins with the text that ends here; absent: nothing.
        @Nullable
        Shape shape;

        /// The length of that text.
        int beginning;

        /// Whether it may go on to something that counts wherever it stands, also within a word.
        boolean anywhere;

        Node(int depth) {
            this.depth = depth;
        }

        /// The longest end of it that may be a beginning, too; absent for the root.
        @Nullable
        Node shorter() {
            return shorter;
        }

        boolean goesOn() {
            return keys.length > 0;
        }

        private @Nullable Node on(char c) {
            for (int i = 0; i < keys.length; i++) {
                if (keys[i] == c) {
                    return next[i];
                }
            }
            return null;
        }

        private Node add(char c) {
            Node present = on(c);
            if (present != null) {
                return present;
            }
            keys = Arrays.copyOf(keys, keys.length + 1);
            next = Arrays.copyOf(next, next.length + 1);
            keys[keys.length - 1] = c;
            next[next.length - 1] = new Node(depth + 1);
            return next[next.length - 1];
        }
    }

    /// @param shapes whether to look for those, too
    Automaton(Collection<String> secrets, boolean shapes) {
        secrets.forEach(secret -> put(secret, true).secret = secret.length());
        if (shapes) {
            for (Shape shape : Shape.values()) {
                for (String beginning : shape.beginnings) {
                    Node end = put(beginning, shape.isBlock());
                    end.shape = shape;
                    end.beginning = beginning.length();
                }
            }
        }
        link();
        for (int i = 0; i < root.keys.length; i++) {
            if (root.keys[i] < first.length) {
                first[root.keys[i]] = root.next[i];
            }
        }
    }

    private Node put(String text, boolean anywhere) {
        Node at = root;
        for (int i = 0; i < text.length(); i++) {
            at.anywhere |= anywhere;
            at = at.add(text.charAt(i));
        }
        return at;
    }

    private void link() {
        Queue<Node> todo = new ArrayDeque<>();
        todo.add(root);
        for (Node at = todo.poll(); at != null; at = todo.poll()) {
            for (int i = 0; i < at.keys.length; i++) {
                Node child = at.next[i];
                Node shorter = at.shorter == null ? root : step(at.shorter, at.keys[i]);
                child.shorter = shorter;
                child.secret = Math.max(child.secret, shorter.secret);
                if (child.shape == null) {
                    child.shape = shorter.shape;
                    child.beginning = shorter.beginning;
                }
                todo.add(child);
            }
        }
    }

    Node root() {
        return root;
    }

    /// Where `c` leads from `node`.
    Node step(Node node, char c) {
        Node at = node;
        while (true) {
            Node next = at == root && c < first.length && first[c] != null ? first[c] : at.on(c);
            if (next != null) {
                return next;
            }
            if (at.shorter == null) {
                return root;
            }
            at = at.shorter;
        }
    }
}
