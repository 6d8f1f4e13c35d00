package palette.notebook.cells;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jshell.JShell;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.VarSnippet;

/** The variables that the source of a cell declares. */
public final class Declarations {
  private Declarations() {}

  /** The declared variables and their types, found without running anything. */
  public static Map<String, String> types(String declarations) {
    var types = new LinkedHashMap<String, String>();
    try (var shell = JShell.builder().executionEngine("local").build()) {
      var analysis = shell.sourceCodeAnalysis();
      for (var statement : statements(analysis, declarations)) {
        for (var snippet : analysis.sourceToSnippets(statement)) {
          if (snippet instanceof VarSnippet variable)
            types.put(variable.name(), type(analysis, variable));
        }
      }
    }
    return types;
  }

  private static List<String> statements(SourceCodeAnalysis analysis, String source) {
    var statements = new ArrayList<String>();
    for (var rest = source; !rest.isBlank(); ) {
      var found = analysis.analyzeCompletion(rest);
      if (found.source() == null) break;
      statements.add(found.source());
      rest = found.remaining();
    }
    return statements;
  }

  private static String type(SourceCodeAnalysis analysis, VarSnippet variable) {
    if (!variable.typeName().equals("var")) return variable.typeName();
    var source = variable.source().strip();
    var value = source.substring(source.indexOf('=') + 1).replaceFirst(";$", "");
    var type = analysis.analyzeType(value, value.length());
    return type == null ? "var" : type.replaceFirst("^java\\.lang\\.", "");
  }
}
