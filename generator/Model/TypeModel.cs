namespace QContinuum.Generator.Model;

/// <summary>A type, with all that is needed to declare a further part of it.</summary>
/// <param name="Namespace">The namespace, keywords escaped; empty for the global one.</param>
/// <param name="Around">The types around it, outermost first.</param>
/// <param name="Self">The type itself.</param>
/// <param name="SelfName">
/// What it calls itself: the plain name, or the full one where it inherits, since a base class may have a nested type of the same name.
/// </param>
/// <param name="FullName">Its name with <c>global::</c>.</param>
/// <param name="HintName">The stem of the names of its generated files: unique, even on file systems that ignore case.</param>
internal sealed record TypeModel(string Namespace, EquatableArray<TypePart> Around, TypePart Self, string SelfName, string FullName, string HintName);

/// <summary>What a partial declaration repeats: <c>record struct</c> and <c>Move</c>.</summary>
internal sealed record TypePart(string Keyword, string Name);
