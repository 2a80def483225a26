package io.arranque.web.page;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Reads sources and takes out of them what is said to people: texts with their gaps. */
final class Sentences {
  record Sentence(String place, String text) {}

  private static final Pattern WORDS = Pattern.compile("(?s).*[a-zA-Z]{2}[,;:.]? [\"a-zA-Z].*");
  private static final Set<String> BUGS =
      Set.of("IllegalArgumentException", "IllegalStateException", "AssertionError");

  private Sentences() {}

  static List<Sentence> of(Path folder) throws IOException {
    List<Path> sources;
    try (Stream<Path> found = Files.walk(folder)) {
      sources = found.filter(p -> p.toString().endsWith(".java")).sorted().toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Sentence> sentences = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, List.of("-proc:none"), null, files.getJavaFileObjectsFromPaths(sources));
      Trees trees = Trees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Scanner(unit, trees, sentences).scan(unit, null);
      }
    }
    return sentences;
  }

  private static final class Scanner extends TreePathScanner<Void, Void> {
    private final CompilationUnitTree unit;
    private final Trees trees;
    private final List<Sentence> found;

    Scanner(CompilationUnitTree unit, Trees trees, List<Sentence> found) {
      this.unit = unit;
      this.trees = trees;
      this.found = found;
    }

    @Override
    public Void visitAnnotation(AnnotationTree node, Void unused) {
      return null;
    }

    @Override
    public Void visitNewClass(NewClassTree node, Void unused) {
      return BUGS.contains(node.getIdentifier().toString()) ? null : super.visitNewClass(node, null);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree node, Void unused) {
      String name = node.getMethodSelect().toString();
      return name.startsWith("LOG.") || name.equals("Pattern.compile") || name.endsWith(".matches")
          ? null
          : super.visitMethodInvocation(node, null);
    }

    @Override
    public Void visitBinary(BinaryTree node, Void unused) {
      if (node.getKind() == Tree.Kind.PLUS) {
        List<String> parts = new ArrayList<>();
        List<Tree> gaps = new ArrayList<>();
        flatten(node, parts, gaps);
        if (parts.stream().anyMatch(p -> !p.equals("\0"))) {
          take(node, String.join("", parts));
          gaps.forEach(gap -> scan(gap, null));
          return null;
        }
      }
      return super.visitBinary(node, null);
    }

    @Override
    public Void visitLiteral(LiteralTree node, Void unused) {
      if (node.getValue() instanceof String text) {
        take(node, text);
      }
      return null;
    }

    private static void flatten(ExpressionTree node, List<String> parts, List<Tree> gaps) {
      if (node instanceof BinaryTree binary && binary.getKind() == Tree.Kind.PLUS) {
        flatten(binary.getLeftOperand(), parts, gaps);
        flatten(binary.getRightOperand(), parts, gaps);
      } else if (node instanceof LiteralTree literal && literal.getValue() instanceof String text) {
        parts.add(text);
      } else {
        parts.add("\0");
        gaps.add(node);
      }
    }

    private void take(Tree node, String text) {
      TreePath path = new TreePath(getCurrentPath(), node);
      String whole = text.replaceAll("%[sd]", "\0");
      if (WORDS.matcher(whole).matches()) {
        long line = unit.getLineMap().getLineNumber(trees.getSourcePositions().getStartPosition(unit, node));
        StringBuilder said = new StringBuilder();
        int gap = 0;
        for (char c : whole.toCharArray()) {
          said.append(c == '\0' ? "{" + gap++ + "}" : String.valueOf(c));
        }
        found.add(new Sentence(Path.of(unit.getSourceFile().toUri()).getFileName() + ":" + line, said.toString()));
      }
    }
  }

  public static void main(String[] args) throws IOException {
    for (String a : args) {
      for (Sentence s : of(Path.of(a))) System.out.println(s.place() + "\t" + s.text().replace("\n", "\\n"));
    }
  }
}
