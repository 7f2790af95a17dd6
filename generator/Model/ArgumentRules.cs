using System.Globalization;
using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>The rule for the arguments of our attributes: an enum is given one of its values, not a number that a cast made one.</summary>
internal static class ArgumentRules
{
    /// <summary>Checks all our attributes on a field of a header.</summary>
    public static void Check(IParameterSymbol field, Violations violations)
    {
        foreach (AttributeData attribute in field.GetAttributes().Where(Symbols.IsOurs))
        {
            Check(field, attribute, field.SourceLocation(), violations);
        }
    }

    /// <summary>Checks one attribute.</summary>
    public static void Check(ISymbol symbol, AttributeData attribute, Location location, Violations violations)
    {
        foreach (TypedConstant argument in attribute.ConstructorArguments.Concat(attribute.NamedArguments.Select(static named => named.Value)))
        {
            if (argument is { Kind: TypedConstantKind.Enum, Type: { } type, Value: { } value } && !type.GetMembers().Any(
                member => member is IFieldSymbol { HasConstantValue: true } field && value.Equals(field.ConstantValue)))
            {
                violations.Add(RuleIds.UndefinedValue, location, symbol.Name, Convert.ToString(value, CultureInfo.InvariantCulture), type.ShortName());
            }
        }
    }
}
