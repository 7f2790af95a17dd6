using System.Globalization;
using Microsoft.CodeAnalysis;

namespace QContinuum.Generator.Model;

/// <summary>The rules for every message, and those for MessagePack bodies.</summary>
internal static class MessageRules
{
    public static void CheckType(INamedTypeSymbol type, Location location, Violations violations)
    {
        if (type.IsStatic || type.IsAbstract)
        {
            violations.Add(RuleIds.NotConstructible, location, type.ShortName());
        }

        if (MessageShapeBuilder.ImplementsByHand(type))
        {
            violations.Add(RuleIds.NameTaken, location, "IMessage<" + type.Name + ">", type.ShortName());
        }
    }

    public static void CheckId(MessageDeclaration declaration, MessageShape shape, Location location, Violations violations, CancellationToken token)
    {
        if (!declaration.HasId)
        {
            // A fault without an id is told by the fault bits of its header alone.
            if (!declaration.IsFault || (HeaderFacts.IsUsable(declaration.Header) && !HeaderFacts.Of(declaration.Header).HasFault))
            {
                violations.Add(RuleIds.MessageWithoutId, location, shape.Name);
            }

            return;
        }

        HeaderFacts header = HeaderFacts.Of(declaration.Header);
        if (!header.CanCarry(declaration))
        {
            Location place = declaration.Attribute.ApplicationSyntaxReference?.GetSyntax(token).GetLocation() ?? location;
            string id = declaration.Id.ToString(CultureInfo.InvariantCulture);
            id += declaration.Second is { } second ? ", " + second.ToString(CultureInfo.InvariantCulture) : "";
            violations.Add(RuleIds.MessageIdOutOfRange, place, id, shape.Name, declaration.Header?.ShortName() ?? Known.MessageHeader);
        }
    }

    public static void CheckByteOrder(INamedTypeSymbol type, Location location, Violations violations)
    {
        if (type.Has(Known.BigEndianAttribute) && type.Has(Known.LittleEndianAttribute))
        {
            violations.Add(RuleIds.ConflictingByteOrder, location, type.ShortName());
        }
    }

    /// <summary>What is always too long for the header can never be sent.</summary>
    public static void CheckFitsHeader(LayoutModel layout, MessageShape shape, MessageDeclaration declaration, Location location, Violations violations)
    {
        int least = layout.Size + layout.Overhead;
        if (declaration.HeaderSymbol is { } header && HeaderFacts.Of(header).MaxBody is { } most && least > most)
        {
            string size = least.ToString(CultureInfo.InvariantCulture);
            violations.Add(RuleIds.TooLargeForHeader, location, shape.Name, size, header.ShortName(), most.ToString(CultureInfo.InvariantCulture));
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
