package dev.dwata.gateway.http;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Names of files in headers, which have room for ASCII only: other characters are percent-encoded UTF-8.
final class FileName {
    private static final Pattern EXTENDED = Pattern.compile(";\\s*filename\\*\\s*=\\s*UTF-8'[^']*'([^;\\s]+)", 2);
    private static final Pattern PLAIN = Pattern.compile(";\\s*filename\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]+))", 2);

    private FileName() {}

    /// @param own         `X-File-Name`; absent: what the disposition says
    /// @param disposition `Content-Disposition` (RFC 6266)
    static String of(@Nullable String own, @Nullable String disposition) {
        if (own != null) {
            return decoded(own);
        }
        String given = disposition == null ? "" : disposition;
        Matcher extended = EXTENDED.matcher(given);
        if (extended.find()) {
            return decoded(extended.group(1));
        }
        Matcher plain = PLAIN.matcher(given);
        if (plain.find()) {
            return plain.group(1) == null ? plain.group(2) : plain.group(1);
        }
        return "file";
    }

    static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /// As it is where it is not encoded.
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
