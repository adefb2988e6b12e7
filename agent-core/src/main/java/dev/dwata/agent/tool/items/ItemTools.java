package dev.dwata.agent.tool.items;

import dev.dwata.agent.item.ItemDraft;
import dev.dwata.agent.item.ItemEdit;
import dev.dwata.agent.store.ItemQuery;
import dev.dwata.agent.store.Items;
import dev.dwata.agent.store.Refusal;
import dev.dwata.agent.store.Runs;
import dev.dwata.agent.tool.CallReview;
import dev.dwata.agent.tool.Tool;
import dev.dwata.agent.tool.ToolContext;
import dev.dwata.agent.tool.ToolOutcome;
import dev.dwata.agent.tool.ToolSpec;
import dev.dwata.agent.tool.ToolTrait;
import dev.dwata.types.AgentError;
import dev.dwata.types.AgentException;
import dev.dwata.types.Approval;
import dev.dwata.types.Effect;
import dev.dwata.types.Item;
import dev.dwata.types.ItemAuthor;
import dev.dwata.types.ItemId;
import dev.dwata.types.ItemKind;
import dev.dwata.types.Json;
import dev.dwata.types.RunInfo;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// `items.list`, `.search`, `.get`, `.create`, `.update` and `.delete`, of the principal that the run is for.
/// What is changed or deleted is the version that was agreed to, and a call that is made again after a crash
/// changes nothing twice.
public final class ItemTools {
    private static final int LISTED = 20;
    private static final int MOST_LISTED = 50;

    /// Names of secrets that a person was asked for; tools are called with what they stand for.
    private static final Pattern SECRET = Pattern.compile("secret:inp_[0-9a-f-]+/");

    private final Items items;
    private final Runs runs;

    private ItemTools(Items items, Runs runs) {
        this.items = items;
        this.runs = runs;
    }

    /// @param runs tells which agent a run is of
    public static List<Tool> over(Items items, Runs runs) {
        ItemTools tools = new ItemTools(items, runs);
        return List.of(
                Tool.of(
                        reading("list", "Lists items, such as clips, songs and documents, the latest changed first."),
                        Asked.Some.class,
                        tools::list),
                Tool.of(
                        reading("search", "Finds items by words in their titles and contents."),
                        Asked.Words.class,
                        tools::search),
                Tool.of(reading("get", "Reads an item: its content and its version."), Asked.One.class, tools::get),
                Tool.of(
                        writing("create", "Makes an item, which the user sees at once.", Approval.NOTIFY),
                        Asked.New.class,
                        (asked, context) -> reviewed(asked.toString()),
                        tools::create),
                Tool.of(
                        writing("update", "Changes an item that you have read.", Approval.CONFIRM),
                        Asked.Edit.class,
                        tools::reviewUpdate,
                        tools::update),
                Tool.of(
                        writing(
                                "delete",
                                "Deletes an item that you have read, with all its versions.",
                                Approval.CONFIRM),
                        Asked.Gone.class,
                        (asked, context) -> tools.shown(asked.itemId(), asked.version(), context)
                                .withAlways(null),
                        tools::delete));
    }

    private ToolOutcome list(Asked.Some asked, ToolContext context) {
        return told(() -> {
            Items.Page page =
                    items.list(context.principal(), query(asked.kind(), asked.projectId(), null, asked.limit()));
            return new Told.Listing(page.items().stream().map(Told.Line::of).toList(), page.total());
        });
    }

    private ToolOutcome search(Asked.Words asked, ToolContext context) {
        return told(() ->
                new Told.Findings(items
                        .search(
                                context.principal(),
                                query(asked.kind(), asked.projectId(), asked.query(), asked.limit()))
                        .stream()
                        .map(hit -> Told.Line.found(hit.item(), hit.snippet()))
                        .toList()));
    }

    private static ItemQuery query(
            @Nullable String kind, @Nullable String project, @Nullable String query, @Nullable Integer limit) {
        int most = limit == null ? LISTED : limit;
        if (most < 1 || most > MOST_LISTED) {
            throw new IllegalArgumentException("'limit' must be 1 to " + MOST_LISTED + ", not " + most);
        }
        return new ItemQuery(kind == null ? null : new ItemKind(kind), project, query, most, 0);
    }

    private ToolOutcome get(Asked.One asked, ToolContext context) {
        return told(() -> {
            ItemId id = new ItemId(asked.itemId());
            Optional<Item> found = asked.version() == null
                    ? items.find(context.principal(), id)
                    : items.find(context.principal(), id, asked.version());
            Item item = found.orElseThrow(() -> Refusal.noItem(id));
            return Told.Whole.of(item, items.missing(context.principal(), item));
        });
    }

    private ToolOutcome create(Asked.New asked, ToolContext context) {
        return told(() -> {
            ItemDraft draft =
                    new ItemDraft(new ItemKind(asked.kind()), asked.title(), asked.projectId(), asked.content());
            Items.Key key = new Items.Key(context.idempotencyKey(), "");
            return new Told.Changed(Told.Line.of(items.create(context.principal(), draft, author(context), key)
                    .info()));
        });
    }

    private CallReview reviewUpdate(Asked.Edit asked, ToolContext context) {
        CallReview secret = reviewed(asked.texts());
        return secret.denial() != null
                ? secret
                : shown(asked.itemId(), asked.version(), context).withAlways(Map.of("item_id", asked.itemId()));
    }

    private ToolOutcome update(Asked.Edit asked, ToolContext context) {
        return told(() -> {
            ItemEdit edit = edit(asked).withKey(context.idempotencyKey());
            return new Told.Changed(
                    Told.Line.of(items.update(context.principal(), new ItemId(asked.itemId()), edit, author(context))
                            .info()));
        });
    }

    private static ItemEdit edit(Asked.Edit asked) {
        if (asked.content() != null && asked.patch() != null) {
            throw new IllegalArgumentException("give either 'content' or 'patch', not both");
        }
        ObjectNode changes = Json.MAPPER.createObjectNode();
        if (asked.title() != null) {
            changes.put("title", asked.title());
        }
        if (asked.projectId() != null) {
            changes.put("projectId", asked.projectId());
        }
        if (asked.patch() != null) {
            changes.set("content", asked.patch());
        }
        ItemEdit named = ItemEdit.patch(asked.version(), changes);
        ObjectNode content = asked.content();
        return content == null
                ? named
                : new ItemEdit(asked.version(), null, before -> {
                    ItemDraft after = named.change().apply(before);
                    return new ItemDraft(after.kind(), after.title(), after.projectId(), content);
                });
    }

    private ToolOutcome delete(Asked.Gone asked, ToolContext context) {
        return told(() -> {
            ItemId id = new ItemId(asked.itemId());
            if (items.find(context.principal(), id).isEmpty()) {
                return new Told.Deleted(id, false, List.of());
            }
            Items.Deletion deleted = items.delete(context.principal(), id, asked.version(), author(context));
            return new Told.Deleted(
                    id, true, deleted.referredBy().stream().map(Told.Line::of).toList());
        });
    }

    /// What a person is shown, and agrees to: the version that the model has read. It is the same when the call
    /// is looked at again after it was made.
    private CallReview shown(String itemId, long version, ToolContext context) {
        ItemId id = new ItemId(itemId);
        Item now = items.find(context.principal(), id).orElseThrow(() -> Refusal.noItem(id));
        boolean mayBeOwn = context.runId().equals(now.info().updatedBy().runId());
        if (now.version() != version && !mayBeOwn) {
            throw Refusal.staleItem(id, version, now.version());
        }
        Item read = items.find(context.principal(), id, version)
                .orElseThrow(() -> Refusal.staleItem(id, version, now.version()));
        return CallReview.PLAIN.withBound(
                Map.of("item", read.kind() + " \"" + read.info().title() + "\"", "version", Long.toString(version)));
    }

    private static CallReview reviewed(String texts) {
        return SECRET.matcher(texts).find() ? CallReview.denied("a secret is not kept in an item") : CallReview.PLAIN;
    }

    private ItemAuthor author(ToolContext context) {
        String agent = runs.find(context.runId()).map(RunInfo::agentName).orElse(null);
        return ItemAuthor.agent(context.principal(), agent, context.sessionId(), context.runId());
    }

    /// What is out of bounds, or somebody else was faster with, the model can fix.
    private static ToolOutcome told(Supplier<Object> call) {
        try {
            return ToolOutcome.success(call.get());
        } catch (IllegalArgumentException e) {
            return new ToolOutcome.Retry(String.valueOf(e.getMessage()));
        } catch (AgentException e) {
            AgentError error = e.error();
            if (error instanceof AgentError.InvalidRequest
                    || error instanceof AgentError.TooLarge
                    || error instanceof AgentError.Conflict) {
                return new ToolOutcome.Retry(error.message());
            }
            if (error instanceof AgentError.NotFound) {
                return new ToolOutcome.Failure(error.message());
            }
            throw e;
        }
    }

    private static ToolSpec.Head reading(String verb, String description) {
        return new ToolSpec.Head("items." + verb, description, Effect.PURE, Approval.AUTO);
    }

    private static ToolSpec.Head writing(String verb, String description, Approval approval) {
        return new ToolSpec.Head("items." + verb, description, Effect.IDEMPOTENT, approval).with(ToolTrait.WRITE);
    }
}
