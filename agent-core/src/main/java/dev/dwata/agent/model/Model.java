package dev.dwata.agent.model;

/// A model that can be asked.
///
/// @param provider for example `anthropic`
/// @param name     the provider's own name of it
public record Model(String provider, String name, ModelClient client, ModelFacts facts) {
    /// One of which nothing is known.
    public Model(String provider, String name, ModelClient client) {
        this(provider, name, client, ModelFacts.UNKNOWN);
    }

    /// `provider/name`, as people write it.
    public String id() {
        return provider + "/" + name;
    }

    /// The same model, asked through another client: one that does something around the calls.
    public Model through(ModelClient around) {
        return new Model(provider, name, around, facts);
    }
}
