package io.arranque.web.page;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Takes out of Java sources what is said to people: texts of more than one word. */
final class Sentences {
  /** Stands for what is put in when the program runs. */
  static final char GAP = '\0';

  static final Pattern WORDS = Pattern.compile("(?s).*[a-zA-Z]{2}[,;:]? [a-zA-Z].*");
  private static final Pattern FORMAT = Pattern.compile("%[0-9.$]*[sdoxX]");

  /** Said to programmers, to the log, or to nobody. */
  private static final Pattern NOT_FOR_PEOPLE =
      Pattern.compile(
          "(new )?(IllegalArgument|IllegalState|Unsupported)\\w*|AssertionError"
              + "|(?i)log[.](trace|debug|info|warn|error)|Pattern.compile|.*[.]matches");

  record Sentence(String file, String text) {}

  private Sentences() {}

  static List<Sentence> in(Path folder) throws IOException {
    List<Path> sources;
    try (Stream<Path> found = Files.walk(folder)) {
      sources = found.filter(p -> p.toString().endsWith(".java")).sorted().toList();
    }
    List<Sentence> sentences = new ArrayList<>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  files,
                  null,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources));
      for (CompilationUnitTree unit : task.parse()) {
        String file = String.valueOf(Path.of(unit.getSourceFile().getName()).getFileName());
        Constants constants = new Constants();
        constants.scan(unit, null);
        new Reader(file, constants.texts, sentences).scan(unit, null);
      }
    }
    return sentences;
  }

  /** Names that stand for one text. */
  private static final class Constants extends TreeScanner<Void, Void> {
    private final Map<String, String> texts = new HashMap<>();

    @Override
    public Void visitVariable(VariableTree node, Void unused) {
      if (node.getInitializer() instanceof LiteralTree literal
          && literal.getValue() instanceof String text) {
        texts.put(node.getName().toString(), text);
      }
      return super.visitVariable(node, null);
    }
  }

  private static final class Reader extends TreeScanner<Void, Void> {
    private final String file;
    private final Map<String, String> constants;
    private final List<Sentence> found;

    Reader(String file, Map<String, String> constants, List<Sentence> found) {
      this.file = file;
      this.constants = constants;
      this.found = found;
    }

    @Override
    public Void visitAnnotation(AnnotationTree node, Void unused) {
      return null;
    }

    @Override
    public Void visitNewClass(NewClassTree node, Void unused) {
      return NOT_FOR_PEOPLE.matcher(node.getIdentifier().toString()).matches()
          ? null
          : super.visitNewClass(node, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree node, Void unused) {
      return NOT_FOR_PEOPLE.matcher(node.getMethodSelect().toString()).matches()
          ? null
          : super.visitMethodInvocation(node, null);
    }

    @Override
    public Void visitBinary(BinaryTree node, Void unused) {
      if (node.getKind() != Tree.Kind.PLUS) {
        return super.visitBinary(node, null);
      }
      StringBuilder text = new StringBuilder();
      List<ExpressionTree> gaps = new ArrayList<>();
      join(node, text, gaps);
      take(text.toString());
      return scan(gaps, null);
    }

    @Override
    public Void visitLiteral(LiteralTree node, Void unused) {
      text(node).ifPresent(this::take);
      return null;
    }

    private void join(ExpressionTree node, StringBuilder text, List<ExpressionTree> gaps) {
      if (node instanceof BinaryTree sum && sum.getKind() == Tree.Kind.PLUS) {
        join(sum.getLeftOperand(), text, gaps);
        join(sum.getRightOperand(), text, gaps);
      } else if (node instanceof ParenthesizedTree inner) {
        join(inner.getExpression(), text, gaps);
      } else if (node instanceof MethodInvocationTree call
          && call.getMethodSelect() instanceof MemberSelectTree format
          && format.getIdentifier().contentEquals("formatted")) {
        join(format.getExpression(), text, gaps);
        gaps.addAll(call.getArguments());
      } else {
        Optional<String> known = text(node);
        text.append(known.orElse(String.valueOf(GAP)));
        if (known.isEmpty()) {
          gaps.add(node);
        }
      }
    }

    private Optional<String> text(ExpressionTree node) {
      if (node instanceof LiteralTree literal) {
        return literal.getValue() instanceof String || literal.getValue() instanceof Character
            ? Optional.of(String.valueOf(literal.getValue()))
            : Optional.empty();
      }
      return node instanceof IdentifierTree name
          ? Optional.ofNullable(constants.get(name.getName().toString()))
          : Optional.empty();
    }

    /** A text of several lines is no sentence. */
    private void take(String text) {
      String whole = FORMAT.matcher(text).replaceAll(String.valueOf(GAP)).replace("%%", "%");
      if (WORDS.matcher(whole).matches() && !whole.contains("\n")) {
        found.add(new Sentence(file, whole));
      }
    }
  }
}
