package dev.dwata.gateway.ws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Each read that is asked for gives one message.
class InboxTest {
    private int asked;

    private Inbox inbox(int requests, int bytes) {
        return new Inbox(
                WsLimits.builder().inbox(requests).messages(bytes, bytes).build(), () -> asked++);
    }

    @Test
    void stopsReadingWhenItIsFullAndGoesOnWhenItIsHalfEmpty() throws Exception {
        Inbox inbox = inbox(4, 1_000);
        for (int i = 1; i <= 4; i++) {
            assertThat(inbox.full()).isFalse();
            inbox.put("message " + i);
        }
        assertThat(inbox.full()).isTrue();
        assertThat(asked).isEqualTo(3);

        assertThat(inbox.take()).isEqualTo("message 1");
        assertThat(asked).isEqualTo(3);
        assertThat(inbox.take()).isEqualTo("message 2");

        assertThat(asked).isEqualTo(4);
        assertThat(inbox.full()).isFalse();
    }

    @Test
    void countsCharactersToo() throws Exception {
        Inbox inbox = inbox(100, 10);

        inbox.put("x".repeat(10));
        assertThat(asked).isZero();
        inbox.take();

        assertThat(asked).isEqualTo(1);
    }

    @Test
    void handlesWhatCameBeforeTheEnd() throws Exception {
        Inbox inbox = inbox(10, 1_000);
        inbox.put("last words");

        inbox.end();
        inbox.put("too late");

        assertThat(inbox.take()).isEqualTo("last words");
        assertThat(inbox.take()).isNull();
    }

    @Test
    void forgetsWhatIsAbandoned() throws Exception {
        Inbox inbox = inbox(10, 1_000);
        inbox.put("never mind");

        inbox.abandon();

        assertThat(inbox.take()).isNull();
    }

    @Test
    void wakesWhoWaits() throws Exception {
        Inbox inbox = inbox(10, 1_000);
        CompletableFuture<String> taken = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                taken.complete(inbox.take());
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });

        inbox.put("hello");

        assertThat(taken.get(20, TimeUnit.SECONDS)).isEqualTo("hello");
    }
}
