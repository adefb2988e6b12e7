package dev.dwata.gateway.http;

import dev.dwata.agent.tool.files.Workspace;
import dev.dwata.agent.tool.files.WorkspaceFiles;
import dev.dwata.agent.tool.files.WorkspaceFiles.Found;
import dev.dwata.gateway.api.SessionOperations;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.SessionId;
import dev.dwata.types.wire.FileView;
import dev.dwata.types.wire.FilesListPayload;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of a session's project, which is the folder that its tools work in. What a browser may show by
/// itself are pictures and plain text; all else is a download.
final class FileRoutes {
    private static final String DOWNLOAD = "application/octet-stream";
    private static final String TEXT = "text/plain;charset=utf-8";
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("txt", TEXT),
            Map.entry("md", TEXT),
            Map.entry("log", TEXT),
            Map.entry("csv", TEXT),
            Map.entry("json", "application/json"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("wav", "audio/wav"),
            Map.entry("pdf", "application/pdf"));

    private final SessionOperations sessions;
    private final @Nullable WorkspaceFiles files;

    /// @param workspace absent where agents have no folder to work in
    FileRoutes(SessionOperations sessions, @Nullable Workspace workspace) {
        this.sessions = sessions;
        this.files = workspace == null ? null : new WorkspaceFiles(workspace);
    }

    void register(RouteTable routes) {
        routes.get("/api/v1/sessions/{id}/files", Scope.READ, (context, caller) -> show(context, caller, ""))
                .about("files", "List the folder that a session's tools work in")
                .answers(200, FilesListPayload.class, "what is in it, by name");
        routes.get(
                        "/api/v1/sessions/{id}/files/<path>",
                        Scope.READ,
                        (context, caller) -> show(context, caller, context.pathParam("path")))
                .about("files", "Read a file, or list a folder")
                .details("Of a folder the answer is as without a path.")
                .path("path", "relative to the folder that the session's tools work in; may hold slashes")
                .answers(200, DOWNLOAD, "the file");
    }

    private void show(Context context, Caller caller, String path) {
        sessions.find(caller.principal(), Asked.id(context, SessionId::new));
        if (files == null) {
            throw new AgentException(new AgentError.NotFound("sessions have no folder for files here"));
        }
        switch (files.find(path)) {
            case Found.File file -> send(context, file);
            case Found.Folder folder ->
                RestApi.json(
                        context,
                        200,
                        new FilesListPayload(
                                folder.path(),
                                folder.entries().stream()
                                        .map(entry -> new FileView(entry.path(), entry.type(), entry.size()))
                                        .toList(),
                                folder.truncated()));
        }
    }

    private static void send(Context context, Found.File file) {
        String name = file.path().substring(file.path().lastIndexOf('/') + 1);
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String type = TYPES.getOrDefault(ending, DOWNLOAD);
        String kind = type.startsWith("image/") || type.equals(TEXT) ? "inline" : "attachment";
        context.header("Content-Disposition", kind + "; filename*=UTF-8''" + FileName.encoded(name))
                .header("Content-Length", Long.toString(file.size()))
                .contentType(type)
                .result(file.bytes());
    }
}
