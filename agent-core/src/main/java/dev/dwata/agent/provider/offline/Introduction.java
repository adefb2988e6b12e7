package dev.dwata.agent.provider.offline;

/// What the model says of itself.
final class Introduction {
    static final String BRIEF = "I am dwata's built-in offline model: I answer without a network and without a language"
            + " model, so I understand a small set of requests and nothing else. Say \"help\" to see them, and how to"
            + " configure a real model.";

    /// Said once at the end of the first answer of a conversation.
    static final String NOTE = "(This is dwata's built-in offline model. Say \"help\" for what it understands and how"
            + " to configure a real one.)";

    static final String REQUESTS = """
            For example:
              What files are in this folder?       Find files named *.md
              Read README.md                       Count the lines in pom.xml
              Write 'hello' to notes.txt           Copy notes.txt to copy.txt
              Remember that my favourite colour is blue
              What is my favourite colour?         What do you remember?
              List my sessions                     Which sessions are about persistence?
              What did we discuss yesterday?       What is 12 * (3 + 4) / 5?
              What time is it?                     Find *.md, then read the first""";

    static final String REAL_MODELS = """
            For a real model, set one of these in the environment before dwata starts:
              ANTHROPIC_API_KEY    models of Anthropic
              OPENAI_API_KEY       models of OpenAI
              OPENAI_BASE_URL      any server that speaks OpenAI's protocol, together with its key
              OLLAMA_HOST          models on your own machine, with Ollama
            and choose it with --model provider/name, for example --model anthropic/claude-sonnet-4-5.""";

    static final String FULL = """
            I am dwata's built-in offline model: I answer without a network and without a language model, so I \
            understand a small set of requests and nothing else.

            """ + REQUESTS + "\n\n" + REAL_MODELS;

    private static final int SHOWN = 80;

    private Introduction() {}

    /// Whether an answer says already what this model is.
    static boolean isIn(String answer) {
        return answer.contains("dwata's built-in offline model");
    }

    static String notUnderstood(String said) {
        String line = said.strip().replaceAll("\\s+", " ");
        if (line.isEmpty()) {
            return "I can only read text, and there is none in your message.\n\n" + FULL;
        }
        return "I do not understand \"" + Wordy.cut(line, SHOWN) + "\".\n\n" + FULL;
    }
}
