package dev.dwata.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dwata.agent.testing.InMemoryStore;
import dev.dwata.agent.testing.ScriptedModel;
import dev.dwata.types.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A file goes in, a record comes out, as the README shows it.
class InvoiceTest {

    // region record
    record Invoice(String number, double total, @Nullable String note) {}

    Invoice read(AgentRuntime runtime, InputStream pdf) throws IOException {
        Prompt prompt =
                Prompt.of("What does this invoice say?").with(runtime.attach(pdf, "application/pdf", "invoice.pdf"));
        return runtime.createSession().ask(prompt, Invoice.class).value();
    }
    // endregion

    @Test
    void readsAnInvoice() throws Exception {
        ScriptedModel model = new ScriptedModel().says("{\"number\":\"2026-7\",\"total\":12.5}");
        try (AgentRuntime runtime = AgentRuntime.builder()
                .models(model.asModels())
                .store(new InMemoryStore())
                .build()) {
            InputStream pdf = new ByteArrayInputStream("%PDF-1.7".getBytes(StandardCharsets.US_ASCII));

            assertThat(read(runtime, pdf)).isEqualTo(new Invoice("2026-7", 12.5, null));

            assertThat(model.requests().getFirst().messages().getFirst().parts())
                    .contains(new Part.File(
                            "data:application/pdf;base64,JVBERi0xLjc=", "application/pdf", "invoice.pdf"));
        }
    }
}
