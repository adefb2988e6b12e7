package dev.dwata.cli.output;

import org.jspecify.annotations.Nullable;

/// Which version of dwata this is, from the manifest of its jar.
public final class Version {
    private Version() {}

    public static String text() {
        @Nullable String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
