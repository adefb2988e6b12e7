package dev.dwata.agent.tool.files;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Files by which others than the person would decide what programs do, and files that hold secrets: to change
/// the former, and to read the latter, a person must agree each time, whether or not they exist yet.
///
/// Names are compared as a lenient file system would: without case, composed, without characters that are not
/// seen and without dots and spaces at the end.
final class ProtectedNames {
    private static final Set<String> FOLDERS = Set.of(
            ".git",
            "git~1",
            ".hg",
            ".svn",
            ".jj",
            ".husky",
            ".dwata",
            ".agents",
            ".claude",
            ".codex",
            ".cursor",
            ".gemini",
            ".vscode",
            ".idea",
            ".devcontainer",
            ".ssh",
            ".gnupg",
            ".aws",
            ".kube",
            ".docker",
            ".config");
    private static final Set<String> FILES = Set.of(
            "agents.md",
            "claude.md",
            "gemini.md",
            ".mcp.json",
            "mcp.json",
            ".cursorrules",
            ".windsurfrules",
            ".bashrc",
            ".bash_profile",
            ".bash_login",
            ".bash_logout",
            ".bash_aliases",
            ".profile",
            ".zshrc",
            ".zshenv",
            ".zprofile",
            ".zlogin",
            ".zlogout",
            ".kshrc",
            ".cshrc",
            ".tcshrc",
            ".login",
            ".logout",
            ".inputrc",
            ".xprofile",
            ".xinitrc",
            ".gitconfig",
            ".gitmodules",
            ".gitattributes",
            ".npmrc",
            ".yarnrc",
            ".yarnrc.yml",
            ".netrc",
            "_netrc",
            ".pypirc",
            ".pgpass",
            ".git-credentials");
    private static final Pattern SECRET = Pattern.compile("\\.env.*|id_(rsa|dsa|ecdsa|ed25519)(_sk)?"
            + "|.*\\.(pem|key|p12|pfx|jks|keystore|kdbx)|\\.netrc|_netrc|\\.npmrc|\\.pypirc|\\.pgpass"
            + "|\\.git-credentials|credentials(\\.json)?");
    private static final Pattern UNSEEN = Pattern.compile("\\p{Cf}|\\p{Cc}|[\\u034F\\uFE00-\\uFE0F]");
    private static final Pattern END = Pattern.compile("[. \\u00A0]+$");

    private ProtectedNames() {}

    /// The part of `path` that says that it must not be changed without a person; absent where none does.
    static @Nullable String changing(Path path) {
        for (Path part : path) {
            String name = plain(part);
            if (FOLDERS.contains(name)
                    || FILES.contains(name)
                    || SECRET.matcher(name).matches()) {
                return part.toString();
            }
        }
        return null;
    }

    /// The part of `path` that says that it must not be read without a person; absent where none does.
    static @Nullable String reading(Path path) {
        String name = plain(path.getFileName());
        boolean keys = false;
        for (Path part : path) {
            keys |= plain(part).equals(".ssh")
                    || plain(part).equals(".gnupg")
                    || plain(part).equals(".aws");
        }
        return keys || SECRET.matcher(name).matches() ? path.getFileName().toString() : null;
    }

    private static String plain(Path part) {
        String name = part.toString();
        int stream = name.indexOf(':');
        String file = stream > 0 ? name.substring(0, stream) : name;
        String seen =
                UNSEEN.matcher(Normalizer.normalize(file, Normalizer.Form.NFKC)).replaceAll("");
        return END.matcher(seen).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
