package dev.dwata;

import com.sun.source.tree.BindingPatternTree;
import com.sun.source.tree.CaseLabelTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.DeconstructionPatternTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.PatternTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.IntersectionType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/// Finds switches over our sealed types that have a `default`, or a case that stands in for one: with it a new
/// variant compiles everywhere and is handled nowhere.
final class ExhaustiveSwitch extends TreePathScanner<@Nullable Void, List<String>> {
    private final Trees trees;
    private final Types types;

    private ExhaustiveSwitch(Javac.Program program) {
        this.trees = program.trees();
        this.types = program.task().getTypes();
    }

    /// One line for each offence.
    static List<String> offencesIn(Javac.Program program) {
        List<String> offences = new ArrayList<>();
        new ExhaustiveSwitch(program).scan(program.units(), offences);
        return offences;
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, List<String> offences) {
        check(tree.getExpression(), tree.getCases(), offences);
        return super.visitSwitch(tree, offences);
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, List<String> offences) {
        check(tree.getExpression(), tree.getCases(), offences);
        return super.visitSwitchExpression(tree, offences);
    }

    private void check(ExpressionTree selector, List<? extends CaseTree> cases, List<String> offences) {
        TypeMirror selected = typeOf(selector);
        boolean ours = isOurSealed(selected)
                || cases.stream()
                        .flatMap(one -> one.getLabels().stream())
                        .anyMatch(label -> isOurSealed(matchedBy(label)));
        if (!ours) {
            return;
        }
        for (CaseTree one : cases) {
            for (CaseLabelTree label : one.getLabels()) {
                TypeMirror matched = matchedBy(label);
                boolean catchesAll = one.getGuard() == null
                        && matched != null
                        && selected != null
                        && types.isSubtype(types.erasure(selected), types.erasure(matched));
                if (label instanceof DefaultCaseLabelTree || catchesAll) {
                    offences.add(place(one) + ": '" + label + "' in a switch over a sealed type");
                }
            }
        }
    }

    /// The type that the pattern of `label` asks for; nothing for constants and `default`.
    private @Nullable TypeMirror matchedBy(CaseLabelTree label) {
        if (!(label instanceof PatternCaseLabelTree patternLabel)) {
            return null;
        }
        PatternTree pattern = patternLabel.getPattern();
        if (pattern instanceof BindingPatternTree binding) {
            return typeOf(binding.getVariable());
        }
        return pattern instanceof DeconstructionPatternTree record ? typeOf(record.getDeconstructor()) : null;
    }

    private @Nullable TypeMirror typeOf(Tree tree) {
        TreePath path = trees.getPath(getCurrentPath().getCompilationUnit(), tree);
        return trees.getTypeMirror(path);
    }

    private boolean isOurSealed(@Nullable TypeMirror type) {
        return switch (type) {
            case null -> false;
            case DeclaredType declared -> declared.asElement() instanceof TypeElement element && isOurSealed(element);
            case TypeVariable variable -> isOurSealed(variable.getUpperBound());
            case IntersectionType both -> both.getBounds().stream().anyMatch(this::isOurSealed);
            default -> false;
        };
    }

    /// Sealed itself, or a variant of something sealed.
    private boolean isOurSealed(TypeElement element) {
        boolean ours = element.getQualifiedName().toString().startsWith("dev.dwata.");
        return ours
                && (element.getModifiers().contains(Modifier.SEALED)
                        || element.getInterfaces().stream().anyMatch(this::isOurSealed)
                        || isOurSealed(element.getSuperclass()));
    }

    private String place(Tree tree) {
        var unit = getCurrentPath().getCompilationUnit();
        long position = trees.getSourcePositions().getStartPosition(unit, tree);
        return unit.getSourceFile().getName() + ":" + unit.getLineMap().getLineNumber(position);
    }
}
