package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.gateway.streams.SubscriptionRefusal.Code;
import dev.dwata.types.Json;
import dev.dwata.types.Principal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Who has a token may finish the wake that it was made for, and nothing else. Nothing is kept of it: it says
/// itself what it is for, and is signed.
final class WakeTokens {
    private static final long SECONDS = 3_600;

    private final byte[] secret;
    private final Clock clock;

    WakeTokens(byte[] secret, Clock clock) {
        this.secret = secret.clone();
        this.clock = clock;
    }

    /// @param until seconds since 1970
    record Claims(String owner, String subscription, long generation, long until) {
        Principal principal() {
            return new Principal(owner);
        }
    }

    String make(StreamSubscription subscription) {
        Claims claims = new Claims(
                subscription.owner().id(),
                subscription.id(),
                subscription.generation(),
                clock.instant().getEpochSecond() + SECONDS);
        String said = encoded(Json.MAPPER.writeValueAsBytes(claims));
        return said + "." + encoded(mac(said));
    }

    /// @param header `Authorization`
    /// @throws SubscriptionRefusal if it is none for this subscription
    Claims check(@Nullable String header, String subscription) {
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw new SubscriptionRefusal(Code.TOKEN_INVALID, "the wake's token is missing");
        }
        String[] parts = header.substring(7).strip().split("\\.", 2);
        if (parts.length < 2 || !MessageDigest.isEqual(bytes(encoded(mac(parts[0]))), bytes(parts[1]))) {
            throw invalid();
        }
        Claims claims = read(parts[0]);
        if (!claims.subscription.equals(subscription)) {
            throw invalid();
        }
        if (claims.until < clock.instant().getEpochSecond()) {
            throw new SubscriptionRefusal(Code.TOKEN_EXPIRED, "the wake's token has expired");
        }
        return claims;
    }

    private static Claims read(String said) {
        try {
            return Json.MAPPER.readValue(Base64.getUrlDecoder().decode(said), Claims.class);
        } catch (IllegalArgumentException | JacksonException e) {
            throw invalid();
        }
    }

    private static SubscriptionRefusal invalid() {
        return new SubscriptionRefusal(Code.TOKEN_INVALID, "this is no token of a wake of this subscription");
    }

    private byte[] mac(String said) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(bytes(said));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
