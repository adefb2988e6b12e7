package dev.dwata.agent.model;

/// A model that can be asked.
///
/// @param provider for example `anthropic`
/// @param name     the provider's own name of it
public record Model(String provider, String name, ModelClient client) {
    /// `provider/name`, as people write it.
    public String id() {
        return provider + "/" + name;
    }
}
