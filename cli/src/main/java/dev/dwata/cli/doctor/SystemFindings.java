package dev.dwata.cli.doctor;

import java.util.List;

/// The machine, as Java sees it.
final class SystemFindings {
    private static final String AREA = "system";
    private static final int OLDEST_JAVA = 21;

    private SystemFindings() {}

    static List<Finding> look() {
        return List.of(
                java(),
                Finding.ok(AREA, property("os.name") + " " + property("os.version") + ", " + property("os.arch")),
                names());
    }

    private static Finding java() {
        int feature = Runtime.version().feature();
        String text = "Java " + Runtime.version() + " (" + property("java.vendor") + ")";
        return feature >= OLDEST_JAVA
                ? Finding.ok(AREA, text)
                : Finding.problem(AREA, text, "install a JDK " + OLDEST_JAVA + " or newer, or set JAVA_HOME to one");
    }

    /// How Java turns names of files into bytes.
    private static Finding names() {
        String encoding = property("sun.jnu.encoding");
        return encoding.equalsIgnoreCase("UTF-8") || property("os.name").startsWith("Windows")
                ? Finding.ok(AREA, "names of files are " + encoding)
                : Finding.warning(
                        AREA,
                        "names of files are " + encoding + ", so those with other letters cannot be opened",
                        "set LC_ALL=C.UTF-8, or start dwata with ./dwata, which does");
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
