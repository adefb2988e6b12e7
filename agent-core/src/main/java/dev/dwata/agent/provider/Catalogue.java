package dev.dwata.agent.provider;

import dev.dwata.agent.model.ModelFacts;
import dev.dwata.types.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is known of models: the built-in table `models.json`, and what the configuration says instead or
/// besides.
final class Catalogue {
    /// What providers append to the name of a model to say which build of it they mean.
    private static final String BUILD = "(-\\d{8}|-\\d{4}-\\d{2}-\\d{2}|-latest|:free)$";

    private final Map<String, ModelFacts> facts;

    private Catalogue(Map<String, ModelFacts> facts) {
        this.facts = facts;
    }

    /// @param more facts by `provider/name`; those they have go before the built-in ones
    static Catalogue with(Map<String, ModelFacts> more) {
        Map<String, ModelFacts> facts = builtIn();
        more.forEach((id, own) -> facts.merge(id, own, ModelFacts::with));
        return new Catalogue(facts);
    }

    private static Map<String, ModelFacts> builtIn() {
        try (InputStream in = Catalogue.class.getResourceAsStream("models.json")) {
            if (in == null) {
                throw new IllegalStateException("the table of models is not in the jar");
            }
            ConfigObject table = ConfigObject.of(Json.STRICT.readTree(in), "");
            return new LinkedHashMap<>(FactsReader.read(table.object("models")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Those of the model, or of the model of which it is a build.
    ModelFacts facts(ModelId id) {
        ModelFacts known = facts.get(id.toString());
        return known == null ? facts.getOrDefault(id.toString().replaceFirst(BUILD, ""), ModelFacts.UNKNOWN) : known;
    }

    /// The names of a provider's models, the one to use when none is chosen first.
    List<String> names(String provider) {
        return facts.keySet().stream()
                .map(ModelId::of)
                .filter(id -> id.provider().equals(provider))
                .map(ModelId::name)
                .toList();
    }

    /// The models of all providers that have this name.
    List<String> named(String name) {
        return facts.keySet().stream()
                .filter(id -> ModelId.of(id).name().equals(name))
                .toList();
    }
}
