using System.Globalization;
using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>The rules for every message, and those for MessagePack bodies.</summary>
internal static class MessageRules
{
    public static void CheckType(INamedTypeSymbol type, Location location, Violations violations)
    {
        CheckOnce(type, Known.MessageAttribute, "[Message]", location, violations);
        if (type.IsStatic || type.IsAbstract)
        {
            violations.Add(RuleIds.NotConstructible, location, type.ShortName());
        }

        if (MessageShapeBuilder.ImplementsByHand(type))
        {
            violations.Add(RuleIds.NameTaken, location, "IMessage<" + type.Name + ">", type.ShortName());
        }
    }

    /// <summary>Of two attributes of one class the compiler speaks (CS0579); a plain one and a generic one are two classes to it.</summary>
    public static void CheckOnce(INamedTypeSymbol type, string attribute, string written, Location location, Violations violations)
    {
        if (type.GetAttributes().Where(one => one.IsOurs() && one.AttributeClass!.Name == attribute)
            .Select(static one => one.AttributeClass!.OriginalDefinition)
            .Distinct(SymbolEqualityComparer.Default)
            .Skip(1)
            .Any())
        {
            violations.Add(RuleIds.RepeatedDeclaration, location, type.ShortName(), written);
        }
    }

    public static void CheckId(MessageDeclaration declaration, MessageShape shape, Location location, Violations violations, CancellationToken token)
    {
        if (!declaration.HasId)
        {
            // A fault without an id is told by the fault bits of its header alone.
            if (!declaration.IsFault || (HeaderFacts.IsUsable(declaration.Header) && !HeaderFacts.Of(declaration.Header).HasFault))
            {
                string advice = declaration.IsFault ? "give its header a [Fault], by which it is told" : "set IsFault where it answers any request";
                violations.Add(RuleIds.MessageWithoutId, location, shape.Name, advice);
            }

            return;
        }

        HeaderFacts header = HeaderFacts.Of(declaration.Header);
        if (!header.CanCarry(declaration))
        {
            Location place = declaration.Attribute.ApplicationSyntaxReference?.GetSyntax(token).GetLocation() ?? location;
            string id = declaration.Id.ToString(CultureInfo.InvariantCulture);
            id += declaration.Second is { } second ? ", " + second.ToString(CultureInfo.InvariantCulture) : "";
            violations.Add(RuleIds.MessageIdOutOfRange, place, id, shape.Name, declaration.Header?.ShortName() ?? Known.MessageHeader, header.IdRange);
        }
    }

    public static void CheckByteOrder(INamedTypeSymbol type, Location location, Violations violations)
    {
        if (type.Has(Known.BigEndianAttribute) && type.Has(Known.LittleEndianAttribute))
        {
            violations.Add(RuleIds.ConflictingByteOrder, location, type.ShortName());
        }
    }

    /// <summary>What is always too long for the header, or has a size that its length cannot state, can never be sent.</summary>
    public static void CheckFitsHeader(LayoutModel layout, MessageShape shape, MessageDeclaration declaration, Location location, Violations violations)
    {
        int least = layout.Size + layout.Overhead;
        string size = least.ToString(CultureInfo.InvariantCulture);
        if (declaration.MaxSize < 0 || (declaration.MaxSize > 0 && declaration.MaxSize < least))
        {
            string most = declaration.MaxSize.ToString(CultureInfo.InvariantCulture);
            violations.Add(RuleIds.NeverSent, location, shape.Name, $"it has {size} bytes at least, and a MaxSize of {most}; raise or remove MaxSize");
        }

        if (declaration.HeaderSymbol is not { } header || HeaderFacts.Of(header).Limits is not { } limits)
        {
            return;
        }

        bool isFixed = layout.IsPlain && layout.Tail is null;
        if (least > limits.MaxBody)
        {
            violations.Add(RuleIds.TooLargeForHeader, location, shape.Name, size, header.ShortName(), limits.MaxBody.ToString(CultureInfo.InvariantCulture));
        }
        else if (isFixed && limits.WhyNotStated(least) is { } reason)
        {
            string problem = $"it has {size} bytes, which the length of header '{header.ShortName()}' cannot say: {reason}; give it other members, or mend the [Length]";
            violations.Add(RuleIds.NeverSent, location, shape.Name, problem);
        }
    }

    public static void CheckMessagePack(INamedTypeSymbol type, MessageShape shape, Compilation compilation, Location location, Violations violations)
    {
        if (!MessageShapeBuilder.IsMessagePackObject(type))
        {
            violations.Add(RuleIds.ClassWithoutFormat, location, shape.Name);
        }
        else if (!Accessibilities.IsPublic(type))
        {
            violations.Add(RuleIds.MessagePackNotPublic, location, shape.Name);
        }
        else if (compilation.GetTypesByMetadataName("MessagePack.MessagePackSerializer").IsEmpty)
        {
            violations.Add(RuleIds.MessagePackNotReferenced, location, shape.Name);
        }
    }
}
