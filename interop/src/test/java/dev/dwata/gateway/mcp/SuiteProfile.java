package dev.dwata.gateway.mcp;

import dev.dwata.types.Json;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncCompletionSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncPromptSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncResourceTemplateSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SamplingMessage;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/// What the suite's scenarios for servers look for, as they describe it.
public final class SuiteProfile {
    private static final String PNG =
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
    private static final String WAV = "UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAAB9AAACABAAZGF0YQIAAAA=";
    private static final String NOTHING = "{'type':'object','properties':{}}";

    private SuiteProfile() {}

    /// An offer of nothing else.
    public static McpOffer offer() {
        return McpOffer.NONE.with(SuiteProfile::addTo);
    }

    private static void addTo(McpServer.SyncSpecification<?> server) {
        server.capabilities(ServerCapabilities.builder()
                        .completions()
                        .logging()
                        .prompts(true)
                        .resources(true, true)
                        .tools(true)
                        .build())
                .tools(contents())
                .tools(conversations())
                .resources(resources())
                .resourceTemplates(template())
                .prompts(prompts())
                .completions(new SyncCompletionSpecification(
                        new PromptReference("test_prompt_with_arguments"),
                        (exchange, request) -> new CompleteResult(
                                new CompleteResult.CompleteCompletion(List.of("paris", "park"), 2, false))));
    }

    private static List<SyncToolSpecification> contents() {
        return List.of(
                returning("test_simple_text", text("This is a simple text response for testing.")),
                returning("test_image_content", image()),
                returning(
                        "test_audio_content",
                        AudioContent.builder(WAV, "audio/wav").build()),
                returning(
                        "test_embedded_resource",
                        embedded("test://embedded-resource", "text/plain", "An embedded one.")),
                returning(
                        "test_multiple_content_types",
                        text("Multiple content types test:"),
                        image(),
                        embedded(
                                "test://mixed-content-resource",
                                "application/json",
                                "{\"test\":\"data\",\"value\":123}")),
                tool(
                        "test_error_handling",
                        NOTHING,
                        (exchange, request) -> new CallToolResult(
                                List.of(text("This tool intentionally returns an error for testing")),
                                true,
                                null,
                                null)),
                tool("json_schema_2020_12_tool", """
                        {'$schema':'https://json-schema.org/draft/2020-12/schema','type':'object',
                         '$defs':{'address':{'$anchor':'addressDef','type':'object',
                           'properties':{'street':{'type':'string'},'city':{'type':'string'}}}},
                         'properties':{'name':{'type':'string'},'address':{'$ref':'#/$defs/address'},
                           'contactMethod':{'type':'string','enum':['phone','email']},
                           'phone':{'type':'string'},'email':{'type':'string'}},
                         'allOf':[{'anyOf':[{'required':['phone']},{'required':['email']}]}],
                         'if':{'properties':{'contactMethod':{'const':'phone'}},'required':['contactMethod']},
                         'then':{'required':['phone']},'else':{'required':['email']},
                         'additionalProperties':false}""", (exchange, request) -> said("taken")));
    }

    private static List<SyncToolSpecification> conversations() {
        return List.of(
                tool("test_tool_with_logging", NOTHING, (exchange, request) -> {
                    for (String line : List.of("started", "processing data", "completed")) {
                        exchange.loggingNotification(
                                LoggingMessageNotification.builder(LoggingLevel.INFO, "Tool execution " + line)
                                        .build());
                    }
                    return said("logged");
                }),
                tool("test_tool_with_progress", NOTHING, SuiteProfile::progress),
                tool("test_sampling", argument("prompt"), (exchange, request) -> {
                    Content prompt = text(String.valueOf(request.arguments().get("prompt")));
                    Content answer = exchange.createMessage(
                                    CreateMessageRequest.builder(List.of(new SamplingMessage(Role.USER, prompt)), 100)
                                            .build())
                            .content();
                    return said("LLM response: " + answer);
                }),
                tool(
                        "test_elicitation",
                        argument("message"),
                        (exchange, request) -> elicited(
                                exchange, String.valueOf(request.arguments().get("message")), """
                                {'type':'object','required':['username','email'],'properties':{
                                 'username':{'type':'string','description':'Your name'},
                                 'email':{'type':'string','description':'Your address'}}}""")),
                tool(
                        "test_elicitation_sep1034_defaults",
                        NOTHING,
                        (exchange, request) -> elicited(exchange, "Defaults", """
                                {'type':'object','required':[],'properties':{
                                 'name':{'type':'string','default':'John Doe'},
                                 'age':{'type':'integer','default':30},
                                 'score':{'type':'number','default':95.5},
                                 'status':{'type':'string','enum':['active','inactive','pending'],'default':'active'},
                                 'verified':{'type':'boolean','default':true}}}""")),
                tool(
                        "test_elicitation_sep1330_enums",
                        NOTHING,
                        (exchange, request) -> elicited(exchange, "Enums", """
                                {'type':'object','required':[],'properties':{
                                 'untitledSingle':{'type':'string','enum':['option1','option2','option3']},
                                 'titledSingle':{'type':'string','oneOf':[{'const':'value1','title':'First Option'},
                                   {'const':'value2','title':'Second Option'},{'const':'value3','title':'Third Option'}]},
                                 'legacyEnum':{'type':'string','enum':['opt1','opt2','opt3'],
                                   'enumNames':['Option One','Option Two','Option Three']},
                                 'untitledMulti':{'type':'array','items':{'type':'string',
                                   'enum':['option1','option2','option3']}},
                                 'titledMulti':{'type':'array','items':{'anyOf':[{'const':'value1','title':'First Choice'},
                                   {'const':'value2','title':'Second Choice'},
                                   {'const':'value3','title':'Third Choice'}]}}}}""")));
    }

    private static CallToolResult progress(McpSyncServerExchange exchange, CallToolRequest request) {
        Object token = request.meta() == null ? null : request.meta().get("progressToken");
        for (int done = 0; token != null && done <= 100; done += 50) {
            exchange.progressNotification(
                    ProgressNotification.builder(token, done).total(100.0).build());
        }
        return said("done");
    }

    private static CallToolResult elicited(McpSyncServerExchange exchange, String message, String schema) {
        ElicitResult result = exchange.createElicitation(
                ElicitFormRequest.builder(message, json(schema)).build());
        return said("Elicitation completed: action=" + result.action() + ", content=" + result.content());
    }

    private static List<SyncResourceSpecification> resources() {
        ResourceContents text = TextResourceContents.builder("test://static-text", "This is the content.")
                .mimeType("text/plain")
                .build();
        ResourceContents binary = BlobResourceContents.builder("test://static-binary", PNG)
                .mimeType("image/png")
                .build();
        ResourceContents watched = TextResourceContents.builder("test://watched-resource", "Watched.")
                .mimeType("text/plain")
                .build();
        return List.of(
                resource("test://static-text", text),
                resource("test://static-binary", binary),
                resource("test://watched-resource", watched));
    }

    private static SyncResourceSpecification resource(String uri, ResourceContents contents) {
        Resource resource = Resource.builder(uri, uri.substring(7)).build();
        return new SyncResourceSpecification(
                resource,
                (exchange, request) ->
                        ReadResourceResult.builder(List.of(contents)).build());
    }

    private static SyncResourceTemplateSpecification template() {
        ResourceTemplate template = ResourceTemplate.builder("test://template/{id}/data", "template")
                .mimeType("application/json")
                .build();
        return new SyncResourceTemplateSpecification(template, (exchange, request) -> {
            String id = request.uri().split("/", -1)[3];
            return ReadResourceResult.builder(List.of(
                            TextResourceContents.builder(request.uri(), "{\"id\":\"" + id + "\",\"templateTest\":true}")
                                    .mimeType("application/json")
                                    .build()))
                    .build();
        });
    }

    private static List<SyncPromptSpecification> prompts() {
        return List.of(
                prompt(
                        "test_simple_prompt",
                        List.of(),
                        request -> List.of(text("This is a simple prompt for testing."))),
                prompt(
                        "test_prompt_with_arguments",
                        List.of("arg1", "arg2"),
                        request -> List.of(text("Prompt with arguments: arg1='"
                                + request.arguments().get("arg1") + "', arg2='"
                                + request.arguments().get("arg2") + "'"))),
                prompt(
                        "test_prompt_with_embedded_resource",
                        List.of("resourceUri"),
                        request -> List.of(
                                embedded(
                                        String.valueOf(request.arguments().get("resourceUri")),
                                        "text/plain",
                                        "Embedded."),
                                text("Please process the embedded resource above."))),
                prompt("test_prompt_with_image", List.of(), request -> List.of(image(), text("Please analyze it."))));
    }

    private static SyncPromptSpecification prompt(
            String name, List<String> arguments, Function<GetPromptRequest, List<Content>> contents) {
        Prompt prompt = Prompt.builder(name)
                .description("For the suite.")
                .arguments(arguments.stream()
                        .map(argument ->
                                PromptArgument.builder(argument).required(true).build())
                        .toList())
                .build();
        return new SyncPromptSpecification(
                prompt,
                (exchange, request) -> GetPromptResult.builder(contents.apply(request).stream()
                                .map(content -> new PromptMessage(Role.USER, content))
                                .toList())
                        .build());
    }

    private static SyncToolSpecification returning(String name, Content... contents) {
        return tool(
                name,
                NOTHING,
                (exchange, request) ->
                        CallToolResult.builder(Arrays.asList(contents)).build());
    }

    private static SyncToolSpecification tool(
            String name, String schema, BiFunction<McpSyncServerExchange, CallToolRequest, CallToolResult> body) {
        return new SyncToolSpecification(
                Tool.builder(name, json(schema)).description("For the suite.").build(), body);
    }

    private static String argument(String name) {
        return "{'type':'object','required':['" + name + "'],'properties':{'" + name + "':{'type':'string'}}}";
    }

    private static Map<String, Object> json(String text) {
        return Results.map(Json.MAPPER.readTree(text.replace('\'', '"')));
    }

    private static CallToolResult said(String text) {
        return CallToolResult.builder(List.of(text(text))).build();
    }

    private static Content text(String text) {
        return TextContent.builder(text).build();
    }

    private static Content image() {
        return ImageContent.builder(PNG, "image/png").build();
    }

    private static Content embedded(String uri, String type, String text) {
        return EmbeddedResource.builder(
                        TextResourceContents.builder(uri, text).mimeType(type).build())
                .build();
    }
}
