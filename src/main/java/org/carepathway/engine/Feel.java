package org.carepathway.engine;

import camundajar.impl.scala.util.Either;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.camunda.bpm.dmn.feel.impl.scala.ScalaFeelEngine;
import org.camunda.bpm.dmn.feel.impl.scala.function.CustomFunctionTransformer;
import org.camunda.feel.FeelEngine;
import org.camunda.feel.api.EvaluationResult;
import org.camunda.feel.api.SuccessfulEvaluationResult;
import org.camunda.feel.context.Context;
import org.camunda.feel.context.FunctionProvider;
import org.camunda.feel.impl.interpreter.BuiltinFunctions;
import org.camunda.feel.impl.interpreter.EvalContext;
import org.camunda.feel.impl.interpreter.FeelInterpreter;
import org.camunda.feel.syntaxtree.ParsedExpression;
import org.camunda.feel.syntaxtree.Val;
import org.camunda.feel.syntaxtree.ValError;
import org.camunda.feel.syntaxtree.ValFatalError;
import org.camunda.feel.valuemapper.ValueMapper;

/**
 * The engine's own FEEL. It parses every cell and makes all built-in functions anew each time a
 * cell is evaluated; here both happen once, for the cells of deployed tables never change. Whatever
 * is not a plain result is left to the engine.
 */
final class Feel extends ScalaFeelEngine {

  Feel() {
    super(List.of());
  }

  @Override
  protected FeelEngine buildFeelEngine(
      CustomFunctionTransformer functions, ValueMapper.CompositeValueMapper values) {
    return new ParsedOnce(functions, values);
  }

  private static final class ParsedOnce extends FeelEngine {

    /** What the engine checks besides the result. */
    private static final Pattern CHECKED = Pattern.compile("\\b(assert|external)\\b");

    private final FunctionProvider builtIn;
    private final FeelInterpreter interpreter;
    private final Map<String, Either<FeelEngine.Failure, ParsedExpression>> expressions =
        new ConcurrentHashMap<>();
    private final Map<String, Either<FeelEngine.Failure, ParsedExpression>> tests =
        new ConcurrentHashMap<>();

    ParsedOnce(FunctionProvider functions, ValueMapper values) {
      super(functions, values, defaultConfiguration(), defaultClock());
      builtIn = new BuiltinFunctions(clock(), values);
      interpreter = new FeelInterpreter(values);
    }

    @Override
    public Either<FeelEngine.Failure, ParsedExpression> parseExpression(String text) {
      return expressions.computeIfAbsent(text, super::parseExpression);
    }

    @Override
    public Either<FeelEngine.Failure, ParsedExpression> parseUnaryTests(String text) {
      return tests.computeIfAbsent(text, super::parseUnaryTests);
    }

    @Override
    public EvaluationResult evaluate(ParsedExpression expression, Context context) {
      if (CHECKED.matcher(expression.text()).find()) {
        return super.evaluate(expression, context);
      }
      EvalContext scope = EvalContext.create(valueMapper(), builtIn).merge(context);
      Val result = interpreter.eval(expression.expression(), scope);
      return result instanceof ValError || result instanceof ValFatalError
          ? super.evaluate(expression, context)
          : new SuccessfulEvaluationResult(
              valueMapper().unpackVal(result), scope.failureCollector().failures());
    }
  }
}
