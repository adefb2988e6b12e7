package dev.dwata.agent.provider;

/// `provider/name`, where the name may have slashes of its own.
record ModelId(String provider, String name) {

    static boolean isOne(String text) {
        int slash = text.indexOf('/');
        return slash > 0 && slash < text.length() - 1;
    }

    /// @param text for which [#isOne]
    static ModelId of(String text) {
        int slash = text.indexOf('/');
        return new ModelId(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public String toString() {
        return provider + "/" + name;
    }
}
