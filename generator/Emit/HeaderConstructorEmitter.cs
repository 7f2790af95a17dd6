using QContinuum.Generator.Model;

namespace QContinuum.Generator.Emit;

/// <summary>Writes the constructor that takes the fields which nothing else decides.</summary>
internal static class HeaderConstructorEmitter
{
    public static void Write(HeaderModel header, CodeWriter code)
    {
        if (header.FreeFields.Count == 0)
        {
            return;
        }

        HeaderFieldModel[] free = [.. header.FreeFields.Select(index => header.Fields[index])];
        code.Gap();
        code.Line("/// <summary>Makes a header of the fields that the sender chooses; all others are derived when a message is sent.</summary>");
        foreach (HeaderFieldModel field in free)
        {
            code.Line($"/// <param name=\"{field.Parameter.TrimStart('@')}\">The value of <c>{field.Name.TrimStart('@')}</c>.</param>");
        }

        // Of a broken header a field may be of any type.
        string nothing = header.BrokenRule is null ? "" : "!";
        code.Line(Names.GeneratedCode);
        code.Line($"public {header.Type.Self.Name}({string.Join(", ", free.Select(field => $"{field.Type} {field.Parameter} = default{nothing}"))})");
        string arguments = string.Join(", ", header.Fields.Select((field, index) => header.FreeFields.Contains(index) ? field.Parameter : $"default({field.Type}){nothing}"));
        code.Line($"    : this({arguments})");
        using (code.Block())
        {
        }
    }
}
