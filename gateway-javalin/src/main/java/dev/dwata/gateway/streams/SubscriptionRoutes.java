package dev.dwata.gateway.streams;

import dev.dwata.agent.store.StreamSubscription;
import dev.dwata.agent.store.StreamSubscriptions;
import dev.dwata.agent.store.Streams;
import dev.dwata.agent.tool.web.Webhooks;
import dev.dwata.gateway.auth.Caller;
import dev.dwata.gateway.auth.Scope;
import dev.dwata.gateway.http.Asked;
import dev.dwata.gateway.http.RouteTable;
import dev.dwata.types.AgentException;
import dev.dwata.types.Json;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The routes under `/v1/stream/__ds`. A wake is finished with its own token: the program that does so may have
/// no other.
final class SubscriptionRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionRoutes.class);
    private static final String ROOT = StreamDoor.ROOT + "__ds/";
    private static final String ONE = ROOT + "subscriptions/{id}";
    private static final int LONGEST_ID = 256;

    private final Subscriptions subscriptions;
    private final SubscriptionBodies bodies;
    private final SigningKey key;
    private final WakeTokens tokens;
    private final SubscriptionViews views;
    private final Delivery delivery;
    private final Waking waking;
    private final Alarm alarm;
    private final Working working;

    SubscriptionRoutes(StreamSubscriptions store, Streams streams, Clock clock, Webhooks webhooks) {
        key = SigningKey.of(store.signingKey(SigningKey::make));
        tokens = new WakeTokens(key.secret(), clock);
        views = new SubscriptionViews(key, tokens);
        subscriptions = new Subscriptions(store, streams, clock);
        bodies = new SubscriptionBodies(webhooks);
        delivery = new Delivery(store, webhooks, key, views, clock);
        waking = new Waking(store, streams, clock, this::deliver);
        alarm = new Alarm(store, clock, waking, this::deliver);
        working = new Working(store, new Tails(streams), waking, alarm, clock);
        streams.listen(alarm);
        alarm.start();
    }

    void register(RouteTable routes) {
        routes.open(HandlerType.GET, ROOT + "jwks.json", this::keys);
        routes.put(ONE, Scope.RUN, answering(this::keep));
        routes.get(ONE, Scope.READ, answering(this::show));
        routes.delete(ONE, Scope.RUN, answering(this::delete));
        routes.post(ONE + "/streams", Scope.RUN, answering(this::add));
        routes.delete(ONE + "/streams/<path>", Scope.RUN, answering(this::remove));
        routes.post(ONE + "/claim", Scope.RUN, answering(this::claim));
        routes.open(HandlerType.POST, ONE + "/callback", context -> refusing(context, () -> report(context, false)));
        routes.open(HandlerType.POST, ONE + "/ack", context -> refusing(context, () -> report(context, true)));
        routes.open(HandlerType.POST, ONE + "/release", context -> refusing(context, () -> release(context)));
    }

    private RouteTable.Action answering(RouteTable.Action action) {
        return (context, caller) -> refusing(context, () -> action.answer(context, caller));
    }

    @FunctionalInterface
    private interface Answer {
        void give() throws Exception;
    }

    private static void refusing(Context context, Answer answer) throws Exception {
        try {
            answer.give();
        } catch (SubscriptionRefusal e) {
            ObjectNode body = Json.MAPPER.createObjectNode();
            ObjectNode error =
                    body.putObject("error").put("code", e.code().name()).put("message", String.valueOf(e.getMessage()));
            e.details().forEach(error::putPOJO);
            json(context, e.code().status(), body);
        }
    }

    private static String id(Context context) {
        String id = context.pathParam("id");
        if (id.length() > LONGEST_ID || id.chars().anyMatch(Character::isISOControl)) {
            throw SubscriptionRefusal.invalid("a subscription's id has at most " + LONGEST_ID + " characters");
        }
        return id;
    }

    private void keys(Context context) {
        context.header("Cache-Control", "public, max-age=300")
                .contentType("application/jwk-set+json")
                .result(Json.MAPPER.writeValueAsString(key.published()));
    }

    private void keep(Context context, Caller caller) {
        String here = context.scheme() + "://" + context.header("Host");
        Subscriptions.Kept kept =
                subscriptions.keep(caller.principal(), id(context), bodies.wish(Asked.body(context)), here);
        json(context, kept.made() ? 201 : 200, views.view(kept.subscription()));
    }

    private void show(Context context, Caller caller) {
        json(context, 200, views.view(subscriptions.get(caller.principal(), id(context))));
    }

    private void delete(Context context, Caller caller) {
        subscriptions.delete(caller.principal(), id(context));
        context.status(204);
    }

    private void add(Context context, Caller caller) {
        JsonNode body = Asked.body(context);
        subscriptions.add(caller.principal(), id(context), SubscriptionBodies.streams(body));
        context.status(204);
    }

    private void remove(Context context, Caller caller) {
        subscriptions.remove(caller.principal(), id(context), context.pathParam("path"));
        context.status(204);
    }

    private void claim(Context context, Caller caller) {
        String worker = SubscriptionBodies.worker(Asked.body(context));
        json(context, 200, views.claimed(working.claim(caller.principal(), id(context), worker)));
    }

    private void report(Context context, boolean pulled) {
        WakeTokens.Claims token = tokens.check(Asked.header(context, "Authorization"), id(context));
        boolean next = working.report(token, SubscriptionBodies.report(Asked.body(context)), pulled);
        json(context, 200, Json.MAPPER.createObjectNode().put("ok", true).put("next_wake", next));
    }

    private void release(Context context) {
        WakeTokens.Claims token = tokens.check(Asked.header(context, "Authorization"), id(context));
        working.release(token, SubscriptionBodies.report(Asked.body(context)));
        context.status(204);
    }

    private void deliver(StreamSubscription subscription) {
        Thread.ofVirtual().name("stream-webhook").start(() -> {
            try {
                if (delivery.deliver(subscription)) {
                    waking.wake(subscription.owner(), subscription.id());
                }
            } catch (AgentException e) {
                LOG.warn("what became of a notice was not stored: {}", e.getMessage());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                alarm.lookAgain();
            }
        });
    }

    private static void json(Context context, int status, ObjectNode body) {
        context.status(status).contentType("application/json").result(Json.MAPPER.writeValueAsString(body));
    }

    @Override
    public void close() {
        alarm.close();
    }
}
