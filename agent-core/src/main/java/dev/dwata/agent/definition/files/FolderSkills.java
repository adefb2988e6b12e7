package dev.dwata.agent.definition.files;

import dev.dwata.agent.definition.AgentDefinition;
import dev.dwata.agent.definition.Finding;
import dev.dwata.agent.definition.Skill;
import dev.dwata.agent.definition.Skills;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The skills of folders `NAME/SKILL.md`, whose front matter has `name` and `description` and may have more. Of
/// those of the same name the person's own counts.
public final class FolderSkills implements Skills {
    /// The file that makes a folder a skill.
    public static final String FILE = "SKILL.md";

    private static final int MOST_BYTES = 256 * 1024;
    private static final int LONGEST_DESCRIPTION = 1_024;

    private final Places places;

    public FolderSkills(Places places) {
        this.places = places;
    }

    @Override
    public Optional<Skill> find(String name) {
        if (!AgentDefinition.isName(name)) {
            return Optional.empty();
        }
        for (Shelf shelf : places.skills()) {
            try {
                Skill found = read(shelf, name);
                if (found != null) {
                    return Optional.of(found);
                }
            } catch (BrokenFile e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public Listing list() {
        TreeMap<String, Skill> skills = new TreeMap<>();
        Set<String> taken = new HashSet<>();
        List<Finding> findings = new ArrayList<>();
        for (Shelf shelf : places.skills()) {
            for (String name : names(shelf, findings)) {
                collect(shelf, name, taken, skills, findings);
            }
        }
        return new Listing(new ArrayList<>(skills.values()), findings);
    }

    private static void collect(
            Shelf shelf, String name, Set<String> taken, Map<String, Skill> skills, List<Finding> findings) {
        try {
            if (shelf.has(name + "/" + FILE) && taken.add(name)) {
                Skill skill = read(shelf, name);
                if (skill != null) {
                    skills.put(name, skill);
                }
            }
        } catch (BrokenFile e) {
            findings.add(e.of(shelf.folder().resolve(name).resolve(FILE)));
        }
    }

    private static List<String> names(Shelf shelf, List<Finding> findings) {
        try {
            return shelf.names();
        } catch (BrokenFile e) {
            findings.add(e.of(shelf.folder()));
            return List.of();
        }
    }

    private static @Nullable Skill read(Shelf shelf, String name) throws BrokenFile {
        if (!shelf.has(name + "/" + FILE)) {
            return null;
        }
        if (!AgentDefinition.isName(name)) {
            throw new BrokenFile("the folder of a skill must be called " + AgentDefinition.NAME_RULE);
        }
        Path folder = shelf.folder(name);
        String text = shelf.text(name + "/" + FILE, MOST_BYTES);
        if (folder == null || text == null) {
            return null;
        }
        YamlMap fields = FrontMatter.of(text).fields();
        String written = fields.text("name");
        if (written != null && !written.equals(name)) {
            throw fields.wrong("name", "the name '" + written + "' is not that of the folder, '" + name + "'");
        }
        String description = fields.text("description");
        if (description == null) {
            throw new BrokenFile(1, "the front matter must have a description: what the skill is for, and when");
        }
        if (description.length() > LONGEST_DESCRIPTION) {
            throw fields.wrong(
                    "description", "the description must have at most " + LONGEST_DESCRIPTION + " characters");
        }
        String line = description.replaceAll("\\s+", " ");
        return new Skill(name, line, folder, shelf.source(folder.resolve(FILE)));
    }
}
