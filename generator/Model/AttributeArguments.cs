using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Reads the named arguments of attributes.</summary>
internal static class AttributeArguments
{
    public static TypedConstant? Named(this AttributeData attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
            {
                return argument.Value;
            }
        }

        return null;
    }

    /// <summary>An integer or the number of an enum; 0 where it is not given.</summary>
    public static int Number(this AttributeData attribute, string name) => attribute.Named(name)?.Value is int number ? number : 0;

    public static bool Flag(this AttributeData attribute, string name) => attribute.Named(name)?.Value is true;

    public static ulong Mask(this AttributeData attribute) => attribute.Named("Mask")?.Value is ulong mask ? mask : 0;
}
