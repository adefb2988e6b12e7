package dev.dwata.gateway.http;

import dev.dwata.agent.store.Attachment;
import dev.dwata.agent.store.Attachments;
import dev.dwata.agent.store.ReceivedFile;
import dev.dwata.agent.store.Refusal;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.AgentException;
import dev.dwata.types.wire.AttachmentPayload;
import io.javalin.http.Context;
import java.io.IOException;

/// Images and files, stored and read back as streams.
final class AttachmentRoutes {
    private final Attachments attachments;

    AttachmentRoutes(Attachments attachments) {
        this.attachments = attachments;
    }

    void register(RouteTable routes) {
        routes.post("/api/v1/attachments", Scope.RUN, this::put)
                .about("attachments", "Store an image or a file")
                .details("The body is the file as it is, of the type in Content-Type, at most 20 MiB.")
                .header("X-File-Name", "its name, percent-encoded")
                .takesBytes()
                .answers(201, AttachmentPayload.class, "stored; messages refer to it by its uri");
        routes.get("/api/v1/attachments/{id}", Scope.READ, this::read)
                .about("attachments", "Read an image or a file")
                .answers(200, "application/octet-stream", "the bytes, of the type that was said");
    }

    /// The body is the file, its type and name are in headers. What is refused is not read to its end, so the
    /// connection cannot be used again.
    void put(Context context, Caller caller) {
        String type = Asked.header(context, "Content-Type");
        String name = FileName.of(Asked.header(context, "X-File-Name"), Asked.header(context, "Content-Disposition"));
        try {
            if (context.req().getContentLengthLong() > Attachments.MAX_BYTES) {
                throw ReceivedFile.tooLarge(name);
            }
            Attachment stored =
                    attachments.put(caller.principal(), context.req().getInputStream(), type == null ? "" : type, name);
            RestApi.json(
                    context,
                    201,
                    new AttachmentPayload(stored.uri(), stored.size(), stored.mediaType(), stored.name()));
        } catch (AgentException e) {
            context.header("Connection", "close");
            throw e;
        } catch (IOException e) {
            context.header("Connection", "close");
            throw Asked.cut(e);
        }
    }

    /// What a browser may show by itself are images only; all else is a download.
    void read(Context context, Caller caller) {
        String id = context.pathParam("id");
        Attachment found = attachments.find(caller.principal(), id).orElseThrow(() -> Refusal.noAttachment(id));
        String kind = found.mediaType().startsWith("image/") ? "inline" : "attachment";
        context.header("Content-Disposition", kind + "; filename*=UTF-8''" + FileName.encoded(found.name()))
                .header("Content-Length", Long.toString(found.size()))
                .contentType(found.mediaType())
                .result(attachments.open(caller.principal(), id));
    }
}
