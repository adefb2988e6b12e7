package dev.dwata.agent.provider.resilience;

import dev.dwata.agent.model.DeltaSink;
import dev.dwata.agent.model.ModelDelta;
import dev.dwata.agent.observe.Scope;

/// Passes everything on, and knows whether people have seen any of the answer.
final class Heard implements DeltaSink {
    private final DeltaSink sink;
    private boolean anything;

    Heard(DeltaSink sink) {
        this.sink = sink;
    }

    @Override
    public void accept(ModelDelta delta) throws InterruptedException {
        switch (delta) {
            case ModelDelta.Text text -> anything = true;
            case ModelDelta.Reasoning thought -> anything = true;
            case ModelDelta.Restarted again -> anything = false;
            case ModelDelta.Troubled trouble -> {}
        }
        sink.accept(delta);
    }

    @Override
    public Scope scope() {
        return sink.scope();
    }

    boolean anything() {
        return anything;
    }
}
