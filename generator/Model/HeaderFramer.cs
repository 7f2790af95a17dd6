using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>Finds the method of a header that measures frames.</summary>
internal static class HeaderFramer
{
    public static string? Find(INamedTypeSymbol type, HeaderFieldModel[] fields, Violations violations)
    {
        IMethodSymbol? found = null;
        foreach (IMethodSymbol method in type.GetMembers().OfType<IMethodSymbol>().Where(static method => method.Has(Known.FramerAttribute)))
        {
            string header = type.Name;
            string? problem = !HasSignature(method, type)
                ? $"it must be 'static FrameStatus {method.Name}(in {header} header, ReadOnlySpan<byte> received, out int frame)'"
                : found is not null ? $"'{found.Name}' has the attribute too; keep one"
                : fields.Any(static field => field.Is(HeaderRoles.Length)) ? "a field has [Length]; keep one of the two"
                : method.IsUnusable() ? "it is experimental or obsolete as an error; generated code may not call it"
                : null;
            if (problem is not null)
            {
                violations.Add(RuleIds.FramerSignature, method.SourceLocation(), method.Name, type.ShortName(), problem);
            }

            found ??= method;
        }

        return found?.Name;
    }

    private static bool HasSignature(IMethodSymbol method, INamedTypeSymbol type)
        => method is { IsStatic: true, IsGenericMethod: false, ReturnsByRef: false, ReturnsByRefReadonly: false, MethodKind: MethodKind.Ordinary }
            && method.ReturnType.Is(Known.Root, "FrameStatus")
            && method.Parameters is
                [{ RefKind: RefKind.In, Type: var header }, { RefKind: RefKind.None, Type: var received }, { RefKind: RefKind.Out, Type.SpecialType: SpecialType.System_Int32 }]
            && SymbolEqualityComparer.Default.Equals(header, type)
            && received.IsByteSpan();
}
