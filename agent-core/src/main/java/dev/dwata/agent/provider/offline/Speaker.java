package dev.dwata.agent.provider.offline;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelDelta;

/// Says a text word by word, each with the white space after it.
final class Speaker {
    private Speaker() {}

    static void say(String text, DeltaSink sink) throws InterruptedException {
        int start = 0;
        while (start < text.length()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted while the offline model spoke");
            }
            int end = start + 1;
            while (end < text.length() && !beginsWord(text, end)) {
                end++;
            }
            sink.accept(new ModelDelta.Text(text.substring(start, end)));
            start = end;
        }
    }

    private static boolean beginsWord(String text, int at) {
        return Character.isWhitespace(text.charAt(at - 1)) && !Character.isWhitespace(text.charAt(at));
    }
}
